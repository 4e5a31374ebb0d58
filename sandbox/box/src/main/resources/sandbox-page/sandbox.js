// The sandbox' page: lists that refresh themselves, and switches for the hospitals. No build, no library.
const texts = {
  zh: {
    app: '居民端', console: '坐席台', docs: '接口文档', empty: '暂无', waiting: '居民正在登记,请稍候…', language: 'English',
    start: (p, n) => `目前可用居民 ${n} 人。演示手机号 ${p.phone}(${p.name},证件号 ${p.idNumber})。在居民端输入手机号,验证码显示在下面的短信里。`,
    person: ['姓名', '证件类型', '证件号码', '手机号', '出生日期', '性别'],
    hospital: ['编号', '名称', 'MLLP', '字符集', '预约方式', '已发', '已收', '预约', '状态', '操作'],
    agent: ['用户名', '密码', '角色'], client: ['客户端', '名称', '角色', '权限'],
    modes: { UP: '正常', DOWN: '停机', SLOW: '缓慢', REFUSING: '拒绝预约' }, sex: { MALE: '男', FEMALE: '女' },
    fills: { KANGKA_FILLS: '区域号源', HOSPITAL_FILLS: '医院确认' },
    actions: { reconciliations: '对账', losses: '遗失预约' }, failed: (name) => `${name}:未成功,医院停机或平台没有应答。`,
    done: {
      reconciliations: (name, sum) => `${name}对账:上报 ${sum.said} 条,一致 ${sum.agreed} 条,不一致 ${sum.differing} 条。`,
      losses: (name, { lost }) => lost ? `${name}遗失了最新的 ${lost} 条预约,对账后平台会重新下达。` : `${name}没有可遗失的预约。`,
    },
  },
  en: {
    app: 'Citizen app', console: 'Agents’ console', docs: 'API docs', empty: 'nothing yet', waiting: 'People are being registered, a moment…', language: '中文',
    start: (p, n) => `${n} people are ready. Demo phone ${p.phone} (${p.name}, id ${p.idNumber}). Log in to the app with the phone; the code appears below among the SMS.`,
    person: ['Name', 'Document', 'Number', 'Phone', 'Birth date', 'Sex'],
    hospital: ['Id', 'Name', 'MLLP', 'Charset', 'Booking', 'Sent', 'Received', 'Bookings', 'State', 'Actions'],
    agent: ['User', 'Password', 'Role'], client: ['Client', 'Name', 'Role', 'Scopes'],
    modes: { UP: 'up', DOWN: 'down', SLOW: 'slow', REFUSING: 'refusing' }, sex: { MALE: 'male', FEMALE: 'female' },
    fills: { KANGKA_FILLS: 'region’s pool', HOSPITAL_FILLS: 'hospital decides' },
    actions: { reconciliations: 'Reconcile', losses: 'Lose a booking' }, failed: (name) => `${name}: not done, the hospital is down or the region does not answer.`,
    done: {
      reconciliations: (name, sum) => `${name}, reconciliation: ${sum.said} said, ${sum.agreed} agreed, ${sum.differing} differing.`,
      losses: (name, { lost }) => lost ? `${name} has lost its newest booking (${lost}); the next reconciliation orders it again.` : `${name} has no booking to lose.`,
    },
  },
};
const rows = 20;
let language = localStorage.getItem('language') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
let offset = 0;
const t = () => texts[language];
const at = (id) => document.getElementById(id);

function element(tag, content, name) {
  const made = document.createElement(tag);
  if (content instanceof Node) made.append(content);
  else made.textContent = content ?? '';
  if (name) made.className = name;
  return made;
}

async function list(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

function table(id, head, lines) {
  const row = (cells, tag) => {
    const line = document.createElement('tr');
    line.append(...cells.map((cell) => element(tag, cell)));
    return line;
  };
  at(id).replaceChildren(row(head, 'th'), ...lines.map((cells) => row(cells, 'td')));
}

function feed(id, items) {
  at(id).replaceChildren(...(items.length ? items : [element('li', t().empty, 'muted')]));
}

function time(text) {
  return new Date(text).toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-GB');
}

function sms(message) {
  const item = document.createElement('li');
  const text = document.createElement('div');
  for (const part of message.text.split(/(\d{6})/)) {
    text.append(/^\d{6}$/.test(part) ? element('b', part, 'code') : part);
  }
  item.append(element('small', `${message.to} · ${time(message.at)}`), text);
  return item;
}

function push(message) {
  const item = document.createElement('li');
  const words = message.notification ?? {};
  item.append(element('small', `${message.token} · ${time(message.at)}`), element('div', `${words.title ?? ''} ${words.body ?? ''}`));
  return item;
}

function switchOf(hospital) {
  const choice = document.createElement('select');
  choice.setAttribute('aria-label', hospital.name);
  choice.className = hospital.mode;
  for (const [mode, text] of Object.entries(t().modes)) choice.add(new Option(text, mode, false, mode === hospital.mode));
  choice.onchange = async () => {
    await fetch(`hospitals/${hospital.id}/mode`, { method: 'POST', body: JSON.stringify({ mode: choice.value }) });
    await hospitals();
  };
  return choice;
}

function buttonOf(hospital, action) {
  const button = Object.assign(element('button', t().actions[action]), { type: 'button', id: `${action}-${hospital.id}` });
  button.setAttribute('aria-label', `${t().actions[action]} ${hospital.name}`);
  button.onclick = async () => {
    const answer = await fetch(`hospitals/${hospital.id}/${action}`, { method: 'POST' });
    at('done').textContent = answer.ok ? t().done[action](hospital.name, await answer.json()) : t().failed(hospital.name);
    button.blur();
    await hospitals();
    at(button.id).focus();
  };
  return button;
}

function buttonsOf(hospital) {
  const both = document.createElement('span');
  both.append(...Object.keys(t().actions).map((action) => buttonOf(hospital, action)));
  return both;
}

async function hospitals() {
  if (at('hospitals').contains(document.activeElement)) return;
  const all = await list('hospitals?all=true');
  const sum = (counts) => Object.values(counts).reduce((left, right) => left + right, 0);
  table('hospitals', t().hospital, all.map((each) => [each.id, each.name, String(each.mllpPort), each.charset, t().fills[each.bookingMode], String(each.sent), String(sum(each.received)), String(each.bookings), switchOf(each), buttonsOf(each)]));
}

async function people() {
  const part = await list(`people?limit=${rows}&offset=${offset}`);
  table('people', t().person, part.map((each) => [each.name, each.idType, each.idNumber, each.phone, each.birthDate, t().sex[each.sex]]));
  at('page').textContent = `${offset + 1}–${offset + part.length}`;
  at('back').disabled = offset === 0;
  at('forth').disabled = part.length < rows;
}

async function start() {
  const status = await list('status');
  at('start').textContent = status.demoPerson ? t().start(status.demoPerson, status.people) : t().waiting;
  const api = new URL(status.api);
  const app = new URL(status.app);
  const links = [[t().app, app.href], [t().console, new URL('/console/', api).href], [t().docs, new URL('/q/swagger-ui/', api).href], ['OpenAPI', new URL('/q/openapi', api).href]];
  at('links').replaceChildren(...links.map(([text, href]) => Object.assign(element('a', text), { href })));
}

async function fixed() {
  table('agents', t().agent, (await list('agents')).map((each) => [each.username, element('code', each.password), [each.role, ...each.sources].join(' ')]));
  const clients = [...(await list('partners')), ...(await list('clients'))];
  table('clients', t().client, clients.map((each) => [element('code', each.clientId), each.name, each.role, each.scopes.join(' ')]));
}

async function messages() {
  const phone = at('phone').value.trim();
  const sent = await list(phone ? `sms?phone=${encodeURIComponent(phone)}` : 'sms');
  feed('sms', sent.slice(0, 50).map(sms));
  feed('push', (await list('push')).slice(0, 50).map(push));
}

function translate() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const each of document.querySelectorAll('[data-zh]')) each.textContent = each.dataset[language];
  at('phone').placeholder = at('phone').dataset[`${language}Label`];
  at('phone').setAttribute('aria-label', at('phone').placeholder);
  at('language').textContent = t().language;
}

async function all() {
  translate();
  await Promise.allSettled([start(), fixed(), people(), messages(), hospitals()]);
}

at('language').onclick = () => {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem('language', language);
  void all();
};
at('phone').oninput = () => void messages();
at('back').onclick = () => { offset = Math.max(0, offset - rows); void people(); };
at('forth').onclick = () => { offset += rows; void people(); };
setInterval(() => void Promise.allSettled([messages(), hospitals(), start()]), 3000);
await all();
