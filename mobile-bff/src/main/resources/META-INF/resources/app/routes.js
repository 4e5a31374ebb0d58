// Every address of the app. AppRoutes.java has the same first segments. `open`: needs no login.
export const routes = [
  { path: '/', tab: 'home', load: () => import('./screens/home.js') },
  { path: '/login', open: true, bare: true, load: () => import('./screens/login.js') },
  { path: '/identity', tab: 'me', parent: '/me', load: () => import('./screens/identity.js') },
  { path: '/book', tab: 'book', open: true, load: () => import('./screens/hospitals.js') },
  { path: '/book/:hospital', tab: 'book', open: true, parent: '/book', load: () => import('./screens/departments.js') },
  { path: '/book/:hospital/:department', tab: 'book', open: true, parent: '/book', load: () => import('./screens/slots.js') },
  { path: '/appointments', tab: 'me', parent: '/me', load: () => import('./screens/appointments.js') },
  { path: '/appointments/:id', tab: 'me', parent: '/appointments', load: () => import('./screens/appointment.js') },
  { path: '/waiting', tab: 'me', parent: '/appointments', load: () => import('./screens/waiting.js') },
  { path: '/card', tab: 'card', load: () => import('./screens/card.js') },
  { path: '/reports', tab: 'home', parent: '/', load: () => import('./screens/reports.js') },
  { path: '/reports/:id', tab: 'home', parent: '/reports', load: () => import('./screens/report.js') },
  { path: '/imaging', tab: 'home', parent: '/', load: () => import('./screens/studies.js') },
  { path: '/imaging/:id', tab: 'home', parent: '/imaging', load: () => import('./screens/study.js') },
  { path: '/alerts', tab: 'home', parent: '/', load: () => import('./screens/alerts.js') },
  { path: '/articles', tab: 'home', open: true, parent: '/', load: () => import('./screens/articles.js') },
  { path: '/articles/:id', tab: 'home', open: true, parent: '/articles', load: () => import('./screens/article.js') },
  { path: '/inbox', tab: 'inbox', load: () => import('./screens/inbox.js') },
  { path: '/me', tab: 'me', load: () => import('./screens/me.js') },
  { path: '/me/limits', tab: 'me', parent: '/me', load: () => import('./screens/limits.js') },
  { path: '/me/access-log', tab: 'me', parent: '/me', load: () => import('./screens/accesses.js') }
];
