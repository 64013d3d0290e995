/** The file a person starts from: valid as it is, with every line that is only an example commented out. */
export const configurationTemplate = `# Gatepass reads this file again whenever you save it. Every key is described in docs/configuration.md.
version: 1

# The registries of your company, for example:
#
#   - name: Acme MCP Registry
#     url: https://mcp.acme.example/registry/engineering
#     auth:
#       type: oauth
#       oauth:
#         issuer: https://login.acme.example/realms/main
#         client_id: gatepass
#
# Ask for the address of the registry, the issuer and the client id. At the sign-in service, the address
# http://127.0.0.1:8666/callback has to be registered as a redirect address of a public (native) client.
registries: []

# Everything else has a default, for example:
#
#   settings:
#     sign_in_timeout_seconds: 120
`;
