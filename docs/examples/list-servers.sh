#!/bin/sh
# Lists the servers of a registry through the gateway of Gatepass, as the registry answers them (JSON, one page of 100).
# Usage: list-servers.sh REGISTRY [GATEWAY_FILE]
set -eu
registry=${1:?"Usage: list-servers.sh REGISTRY [GATEWAY_FILE]"}

case $(uname -s) in
Darwin) folder="$HOME/Library/Application Support" ;;
*) folder=${XDG_CONFIG_HOME:-$HOME/.config} ;;
esac
file=${2:-$folder/Gatepass/gateway.json}

if [ ! -r "$file" ]; then
  echo "The gateway is closed: open it in Gatepass, under Settings, Other programs." >&2
  exit 1
fi
field() { sed -n 's/^ *"'"$1"'": "\{0,1\}\([^",]*\).*/\1/p' "$file"; }

# A file that a crash left behind must not send the token to whoever has the port now. list-servers.mjs asks for a proof.
if ! kill -0 "$(field pid)" 2>/dev/null; then
  echo "Gatepass is not running." >&2
  exit 1
fi

# Through a pipe, so that the token is in no list of processes. What the gateway refuses is told by its answer.
printf 'Authorization: Bearer %s\n' "$(field token)" |
  curl --silent --show-error --fail-with-body --noproxy '*' --header @- \
    "$(field url)/registry/$registry/v0.1/servers?limit=100&version=latest"
