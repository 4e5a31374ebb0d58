-- Education articles. The release carries them (src/main/resources/education); every start brings this table up to date.
create table article (
    slug text not null,
    language text not null,
    id uuid not null,
    title text not null,
    summary text not null,
    topics text[] not null,
    icd10 text[] not null,
    loinc text[] not null,
    audience text[] not null,
    sources text[] not null,
    reviewed_on date not null,
    html text not null,
    fingerprint bytea not null,
    terms tsvector not null,
    constraint pk_article primary key (slug, language),
    constraint uq_article_id unique (id),
    constraint ck_article_language check (language in ('zh-CN', 'en'))
);
comment on column article.id is 'tie-breaker of the keyset; derived from slug and language';
comment on column article.html is 'rendered from Markdown when loaded; raw HTML of the source is escaped';
comment on column article.fingerprint is 'SHA-256 of the source file and of how we render it';
comment on column article.terms is 'bigrams and unigrams of Han text, words of other scripts; made by SearchTerms';
create index ix_article_terms on article using gin (terms);
create index ix_article_topics on article using gin (topics);
create index ix_article_loinc on article using gin (loinc);
create index ix_article_newest on article (language, reviewed_on desc, id desc);
