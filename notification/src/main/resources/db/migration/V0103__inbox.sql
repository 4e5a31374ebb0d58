-- What a citizen sees in the app; the source of truth for "read". The id is the notice's.
create table inbox_item (
    id uuid not null,
    account uuid not null,
    class text not null,
    content bytea not null,
    link text,
    at timestamptz not null,
    read_at timestamptz,
    constraint pk_inbox_item primary key (id)
);
comment on column inbox_item.content is 'sealed JSON {title, body}';
create index ix_inbox_item_account on inbox_item (account, at desc, id desc);
create index ix_inbox_item_unread on inbox_item (account) where read_at is null;
create index ix_inbox_item_at on inbox_item (at);
