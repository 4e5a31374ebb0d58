-- Citizens' logins are the app's in whatever browser (docs/adr/0032), those that go on too.
update session set channel = 'app' where kind = 'CITIZEN' and channel = 'web';
