-- What is said. A version is never changed: a notice keeps the one it was accepted with.
create table template_version (
    id uuid not null,
    name text not null,
    version int not null,
    texts text not null,
    author text not null,
    created_at timestamptz not null default now(),
    constraint pk_template_version primary key (id),
    constraint uq_template_version_name unique (name, version),
    constraint ck_template_version_texts check (texts is json object)
);
comment on column template_version.texts is 'JSON by language: {"zh-CN": {title, body, push, sms}, "en": {…}}';
comment on column template_version.author is 'staff username, or "shipped" for what came with the release';
