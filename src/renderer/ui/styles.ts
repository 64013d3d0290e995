/** Every style sheet of the app, in the order in which they build on each other. */
import './tokens.css';
import './base.css';
import './controls.css';
import './notices.css';
import '../app/app.css';
import '../registries/registries.css';
import '../registries/row.css';
import '../registries/flow.css';
import '../details/details.css';
import '../add-registry/actions.css';
