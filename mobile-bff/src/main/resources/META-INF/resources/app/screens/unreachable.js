import { show } from '../dom.js';
import { Problem } from '../api.js';
import { reload } from '../router.js';
import { failed } from '../ui.js';

export default {
  id: 'unreachable',
  title: 'app.title',
  render(page) {
    show(page, failed(new Problem(0, {}), reload));
  }
};
