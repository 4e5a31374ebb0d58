-- Shadow mode: what a second linkage model would do otherwise, found before anybody switches to it.
create table shadow_todo (
    identity uuid not null,
    constraint pk_shadow_todo primary key (identity)
);
comment on table shadow_todo is 'identities that the shadow model has not scored since they came or changed';

create table shadow_difference (
    id uuid not null default gen_random_uuid(),
    model text not null,
    one uuid not null,
    other uuid not null,
    verdict text not null,
    probability double precision not null,
    found_at timestamptz not null default now(),
    constraint pk_shadow_difference primary key (model, one, other),
    constraint ck_shadow_difference_order check (one < other),
    constraint ck_shadow_difference_verdict check (verdict in ('JOIN', 'PART', 'REVIEW', 'CLEAR'))
);
create index ix_shadow_difference_verdict on shadow_difference (model, verdict, found_at desc, id);
create index ix_shadow_difference_other on shadow_difference (other);
create index ix_shadow_difference_one on shadow_difference (one);
comment on column shadow_difference.id is 'orders the pairs that one transaction found';
comment on column shadow_difference.model is 'linkage_model.version of the shadow';
comment on column shadow_difference.verdict is
    'what the shadow would do: join two persons, part one, ask a human anew, or no longer ask';
comment on column shadow_difference.probability is 'that the two are one human, by the shadow, 0–1';
