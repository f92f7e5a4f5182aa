// Generated from openapi/ by scripts/generate.mjs.
export interface paths {
    "/api/webhook/{webhookSecret}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project's webhook secret. It is an address; whoever knows it may post orders. */
                webhookSecret: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post an order or another action
         * @description Takes the standard actions as JSON, and Tilda's webhooks in all their forms.
         *     An answer of 2xx means that it is stored and will be processed once, whatever happens to the server.
         *
         *     *Signatures.* Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`) or `X-Signature`
         *     (hex HMAC-SHA256 of the raw body). One that is sent is always checked; a project may require one.
         *
         *     *Repeats.* The same order again answers with the first result. The same order id with another customer,
         *     amount, currency or lines is refused with `order-conflict` (Tilda, which could not act on that, gets 200 and the
         *     project's log a flag).
         */
        post: operations["receiveWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/program": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The loyalty rules in force */
        get: operations["getProgram"];
        /**
         * Publish a new version of the rules
         * @description Replaces all the rules: read them first, what is left out takes its default (a new project begins with 5 % and 365 days, which are
         *     not the defaults). Orders already seen keep the version that they were counted with.
         */
        put: operations["putProgram"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find customers
         * @description With `email`, `phone` or `externalId` there is one at most; without, all of them, newest first.
         */
        get: operations["listCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{customerId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        /** A customer with bonuses and tier */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{customerId}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        /** A customer's ledger, newest first */
        get: operations["listEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}": {
        parameters: {
            query?: {
                /** @description Where it was made; `api` when absent. */
                storefront?: string;
            };
            header?: never;
            path: {
                /** @description The shop's id of the order. */
                orderId: string;
            };
            cookie?: never;
        };
        /** One order and what it earned */
        get: operations["getOrder"];
        /**
         * Say that an order is paid
         * @description Its pending bonuses begin their way to being spendable, and its amount counts towards the tier. Saying it again changes nothing.
         */
        put: operations["putOrder"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log of the door, newest first */
        get: operations["listInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox/{inboxItemId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxItemId: components["parameters"]["InboxItemId"];
            };
            cookie?: never;
        };
        /** One request and what became of it */
        get: operations["getInboxItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox/{inboxItemId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxItemId: components["parameters"]["InboxItemId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a dead or refused item again */
        post: operations["replayInboxItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/books/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Are the books whole
         * @description Every night at about three in the project's time zone all books are read again: each customer's chain of hashes, each lot against its
         *     entries, each account against its lots, and each head that the checkpoint before named. The run ends with a new signed checkpoint.
         *     A broken book keeps its last sound head in the checkpoints, and is told again every night until it is repaired.
         */
        get: operations["getBookProof"];
        put?: never;
        /**
         * Prove the books now
         * @description While a run is under way, it starts no second one.
         */
        post: operations["proveBooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/books/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Signed checkpoints of the books, newest first
         * @description Keep them, or their signatures, outside of this installation: whoever owns its database can take the newest ones away together with the
         *     entries after them, and only a copy elsewhere shows that.
         */
        get: operations["listCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/books/checkpoints/{checkpointId}/heads": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                checkpointId: components["parameters"]["CheckpointId"];
            };
            cookie?: never;
        };
        /**
         * The heads that a checkpoint was made of
         * @description With them anybody can compute the checkpoint's root and verify its signature:
         *
         *     1. Read all pages. The heads come in ascending order of `customerId`, compared byte by byte; there are `accounts` of them, and their
         *        sequences add up to `entries`.
         *     2. A leaf is SHA-256 of one byte 0 and the UTF-8 bytes of `customerId:sequence:hash`, for example `cus_01JD…:3:9f86d0…`. The hash of a
         *        customer without entries is empty, the sequence 0: `cus_01JD…:0:`.
         *     3. The root is the Merkle tree hash of RFC 6962, section 2.1, in lower-case hexadecimal: of one leaf, the leaf; of n leaves, SHA-256 of
         *        one byte 1, the 32 bytes of the hash of the first k, and the 32 bytes of the hash of the others, where k is the largest power of two that
         *        is smaller than n; of none, SHA-256 of nothing.
         *     4. The signature (base64) is Ed25519 over these lines in UTF-8, each ended by one line feed (0x0A), the last one too; the values are those of
         *        the checkpoint, `takenAt` as in `2026-01-31T03:00:00.000Z`, and `-` where `previousRoot` is null:
         *
         *     ```
         *     tapline-checkpoint-1
         *     project {projectId}
         *     checkpoint {id}
         *     number {number}
         *     taken-at {takenAt}
         *     accounts {accounts}
         *     entries {entries}
         *     problems {problemsCount}
         *     root {root}
         *     previous-root {previousRoot}
         *     ```
         *
         *     5. Checkpoint n names the root of checkpoint n - 1 as its `previousRoot`. A customer that checkpoint n - 1 names stands in checkpoint n too,
         *        and its sequence never falls. `GET /v1/customers/{customerId}/entries` has the entry of that sequence, with that hash.
         */
        get: operations["listCheckpointHeads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/telegram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The project's bot */
        get: operations["getTelegram"];
        /**
         * Connect the project's bot
         * @description The token is tried with Telegram first, then kept encrypted and never shown again.
         */
        put: operations["putTelegram"];
        post?: never;
        /** Disconnect the project's bot */
        delete: operations["deleteTelegram"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List projects, newest first */
        get: operations["listProjects"];
        put?: never;
        /** Create a project */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/projects/{projectId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        /** One project */
        get: operations["getProject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a project's settings */
        patch: operations["updateProject"];
        trace?: never;
    };
    "/admin/v1/projects/{projectId}/secrets/{secretKind}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: components["parameters"]["ProjectId"];
                secretKind: "webhook-secret" | "signing-secret" | "secret-key" | "publishable-key" | "tilda-api-key";
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace a secret
         * @description The old one lives on for the overlap. While one overlap runs, a second rotation is refused unless forced, which ends the older ones at once.
         */
        post: operations["rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/projects/{projectId}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        /** Who changed what in a project, newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every part that this process needs is there */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Who; at least one of them. */
        Contact: {
            /** @example anna@example.com */
            email?: string;
            /**
             * @description Any usual writing; without a country code the project's default country is meant.
             * @example 8 (900) 123-45-67
             */
            phone?: string;
            /** @description The shop's own id of the customer. */
            externalId?: string | number;
        };
        /** @description A decimal string, or a JSON number; at most 15 digits in minor units and the currency's decimals. */
        Amount: string | number;
        /** @description The shop's own id of the order; one order in the project and storefront. */
        OrderId: string | number;
        OrderItem: {
            externalId?: string | number;
            sku?: string | null;
            name?: string | null;
            /** @description 1 when absent. */
            quantity?: number | string;
            /** @description Of one piece. */
            price?: components["schemas"]["Amount"];
            /** @description Of the line; price × quantity when absent. */
            amount?: components["schemas"]["Amount"];
        } & {
            [key: string]: unknown;
        };
        /** @description utm_source → value and the like. The marks may also stand beside, as `utm_source`, `utm_medium` … */
        Utm: {
            [key: string]: string | null;
        };
        /** @description An order. `amount` is gross, before bonuses. */
        Purchase: (({
            amount: components["schemas"]["Amount"];
            orderId: components["schemas"]["OrderId"];
            /** @description Where the order was made; `api` when absent. */
            storefront?: string;
            /** @description The project's when absent; another one is refused. */
            currency?: string;
            /** @description true when absent. What an unpaid order gets is the program's `unpaidOrders`. */
            paid?: boolean;
            name?: string | null;
            description?: string | null;
            items?: components["schemas"]["OrderItem"][];
            referralCode?: string | null;
            promoCode?: string | null;
            utm?: components["schemas"]["Utm"];
        } & {
            [key: string]: unknown;
        }) & components["schemas"]["Contact"]) | unknown | unknown | unknown;
        PurchaseAction: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "purchase";
            payload: components["schemas"]["Purchase"];
        };
        RegisterUserAction: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "register_user";
            payload: (({
                name?: string | null;
                /** @description Of the customer who brought this one. */
                referralCode?: string | null;
                /** Format: date */
                birthday?: string;
                /** @description Receives notices only; it proves nothing about who presses a button. */
                telegramId?: string | number;
                /** @enum {string} */
                locale?: "ru" | "en" | "kk";
                utm?: components["schemas"]["Utm"];
            } & {
                [key: string]: unknown;
            }) & components["schemas"]["Contact"]) | unknown | unknown | unknown;
        };
        SpendBonusesAction: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "spend_bonuses";
            /** @description Pay a part of an order with bonuses. Always answers with the result. */
            payload: (({
                amount: components["schemas"]["Amount"];
                orderId: components["schemas"]["OrderId"];
                /** @description Gross; needed where the program limits the share and the order is not known yet. */
                orderAmount?: components["schemas"]["Amount"];
                storefront?: string;
            } & {
                [key: string]: unknown;
            }) & components["schemas"]["Contact"]) | unknown | unknown | unknown;
        };
        BatchPurchaseAction: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "batch_purchase";
            payload: {
                /** @description Each is validated, claimed and answered on its own, in order. */
                purchases: components["schemas"]["Purchase"][];
            };
        };
        /** @description RFC 9457. Programs read `code`; people read `detail`. */
        Problem: {
            /**
             * @description Address of the code's description.
             * @example /docs/problems#order-conflict
             */
            type: string;
            title: string;
            status: number;
            /** @description What happened and what to do about it. */
            detail: string;
            /**
             * @description Stable; kebab-case.
             * @example order-conflict
             */
            code: string;
            /** @example req_01JD3Z8X5T0000000000000000 */
            requestId: string;
            instance?: string;
            /** @description The entry of the project's log that tells of this request. */
            inboxItemId?: string;
            /** @description Figures that belong to the code. */
            details?: {
                [key: string]: unknown;
            };
            errors?: {
                /**
                 * @description JSON pointer into what was sent.
                 * @example /payload/amount
                 */
                pointer: string;
                code: string;
                message: string;
            }[];
        };
        /** @description What came of it. */
        Result: {
            customerId?: string;
            /** @description The shop's. */
            orderId?: string;
            /** @enum {string} */
            orderStatus?: "expected" | "created" | "paid";
            /** @description Bonuses earned by the customer. */
            earned?: string;
            /** @description They become spendable later. */
            pending?: boolean;
            spent?: string;
            percent?: number;
            tier?: string | null;
            /** @description The customer's bonuses after it. */
            available?: string;
            welcomeBonus?: string;
            programVersion?: number;
        };
        Accepted: {
            /**
             * @description Of the entry in the project's log.
             * @example inb_01JD3Z8X5T0000000000000000
             */
            id: string;
            /** @enum {string} */
            status: "accepted" | "processed" | "refused" | "dead" | "ignored" | "flagged";
            /** @description This order had come before; the result is the first one's. */
            repeated?: boolean;
            result?: components["schemas"]["Result"];
            /** @description Of a batch, in the order of its purchases. */
            lines?: {
                /** @description From 0. */
                line: number;
                id?: string;
                /** @enum {string} */
                status: "accepted" | "processed" | "refused" | "dead" | "rejected";
                repeated?: boolean;
                result?: components["schemas"]["Result"];
                problem?: {
                    code: string;
                    detail: string;
                    errors?: {
                        [key: string]: unknown;
                    }[];
                };
            }[];
        };
        Program: {
            version: number;
            /** Format: date-time */
            publishedAt: string;
            basePercent: number;
            tiers: {
                name: string;
                threshold: string;
                percent: number;
            }[];
            referralPercent: number;
            welcomeBonus: string;
            expiryDays: number | null;
            activationDelayDays: number;
            maxSpendPercent: number;
            /** @enum {string} */
            rounding: "floor" | "nearest" | "none";
            /** @enum {string} */
            unpaidOrders: "award" | "pending" | "ignore";
        };
        Percent: number;
        ProgramInput: {
            /** @description Of the money paid; default 0. */
            basePercent?: components["schemas"]["Percent"];
            /** @description A customer has the tier with the highest threshold that the total spend has reached. */
            tiers?: {
                name: string;
                /** @description Of total spend. */
                threshold: components["schemas"]["Amount"];
                /** @description Added to the base percent. */
                percent: components["schemas"]["Percent"];
            }[];
            /** @description To the referrer on each of the friend's orders; default 0. */
            referralPercent?: components["schemas"]["Percent"];
            /** @description Once on registration; default 0. */
            welcomeBonus?: components["schemas"]["Amount"];
            /** @description From the day they become spendable; 0 or null is never (the default). */
            expiryDays?: number | null;
            /** @description Default 0. */
            activationDelayDays?: number;
            /** @description The greatest share of an order payable with bonuses; default 100. */
            maxSpendPercent?: components["schemas"]["Percent"];
            /**
             * @description `floor` (default) and `nearest` go to whole bonuses; `none` keeps the currency's decimals, floored.
             * @enum {string}
             */
            rounding?: "floor" | "nearest" | "none";
            /**
             * @description What an order that says it is unpaid gets: bonuses at once, bonuses pending until it is paid (default), or none until it is paid.
             * @enum {string}
             */
            unpaidOrders?: "award" | "pending" | "ignore";
        };
        Customer: {
            id: string;
            emails: string[];
            phones: string[];
            externalIds: string[];
            name: string | null;
            /** Format: date */
            birthday?: string | null;
            locale?: string | null;
            telegramId?: string | null;
            bonuses: {
                /** @description Spendable at this moment. */
                available: string;
                pending: string;
                held: string;
                /** @description Of the available ones those that expire within 30 days. */
                expiringSoon: string;
            };
            tier: {
                name: string | null;
                /** @description What the tier adds. */
                percent: number;
                /** @description Base and tier together. */
                earnPercent: number;
                nextTier: string | null;
                /** @description Money still to be spent. */
                toNextTier: string | null;
            };
            referralCode: string;
            /** @description Customer id. */
            referredBy?: string | null;
            /** @description Money paid, without the part paid with bonuses. */
            totalSpent: string;
            ordersCount: number;
            /** Format: date-time */
            createdAt: string;
        };
        Entry: {
            id: string;
            /** @enum {string} */
            kind: "earn" | "activate" | "hold" | "release" | "spend" | "expire" | "refund" | "reverse" | "transfer" | "adjust";
            /**
             * @example purchase
             * @example referral
             * @example welcome
             */
            reason: string;
            /** @description Signed: what it added to or took from the customer's bonuses; an activation moves and adds nothing. */
            amount: string;
            orderId?: string | null;
            storefront?: string | null;
            programVersion?: number | null;
            /** @description The lots it made or took from. */
            lots: {
                lotId: string;
                amount: string;
            }[];
            /** @description How the amount came about. */
            details?: {
                [key: string]: unknown;
            };
            accountSequence: number;
            previousHash: string;
            /** @description SHA-256 over the entry and the hash before it. */
            hash: string;
            /** Format: date-time */
            occurredAt: string;
        };
        Order: {
            id: string;
            orderId: string;
            storefront: string;
            /**
             * @description `expected`: bonuses were spent for it, the order itself has not come yet.
             * @enum {string}
             */
            status: "expected" | "created" | "paid";
            customerId: string;
            /** @description Gross. */
            amount: string | null;
            currency: string;
            spent: string;
            earned: string;
            percent?: number | null;
            programVersion: number | null;
            flags?: string[];
            utm?: {
                [key: string]: string;
            };
            lines?: {
                [key: string]: unknown;
            }[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            paidAt?: string | null;
        };
        /**
         * @description `accepted` waits or is being tried again · `processed` · `refused` by the rules (nothing changed) · `dead` after the last try;
         *     replay it · `rejected` at the door · `repeated` known already · `flagged` in conflict with what is known, look at it ·
         *     `ignored` nothing to do, such as a test.
         * @enum {string}
         */
        InboxStatus: "accepted" | "processed" | "refused" | "dead" | "rejected" | "repeated" | "flagged" | "ignored";
        InboxItem: {
            id: string;
            status: components["schemas"]["InboxStatus"];
            /**
             * @example standard
             * @example tilda
             */
            format: string;
            action?: string | null;
            storefront?: string | null;
            orderId?: string | null;
            /** @description The batch that it came in. */
            parentId?: string | null;
            line?: number | null;
            repeatOf?: string | null;
            /** @description Address of the sender. */
            from?: string | null;
            /** @description What the door was about to answer when it wrote this down; `refusal` and `status` say how it ended. */
            httpStatus?: number | null;
            /** @description From the last byte of the request until it was ready to be written down. */
            durationMs?: number | null;
            requestId?: string | null;
            refusal?: {
                code: string;
                detail: string;
                details?: {
                    [key: string]: unknown;
                };
            } | null;
            result?: components["schemas"]["Result"] | null;
            attempts: number;
            /** Format: date-time */
            nextAttemptAt?: string | null;
            /** @description Why the last try failed. */
            reason?: string | null;
            /** @description What was sent, contacts masked; kept 30 days, longer while unfinished. Only in the answer about one item. */
            body?: string | null;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            finishedAt?: string | null;
            /** @description Of a batch; only in the answer about one item. */
            lines?: components["schemas"]["InboxItem"][];
        };
        /** @description Where every chain of entries ended when a run of the proof was over, signed by the installation. */
        Checkpoint: {
            /** @example chk_01JD8Z0T6Q3V6W1Y3Y2C7C9F4M */
            id: string;
            projectId: string;
            /** @description 1, 2, 3 … without a gap within the project. */
            number: number;
            /**
             * Format: date-time
             * @description To the millisecond, as it was signed.
             */
            takenAt: string;
            /** @description How many heads it has. */
            accounts: number;
            /** @description The sum of the sequences of its heads. */
            entries: number;
            /** @description What the run found wrong. */
            problemsCount: number;
            /** @description The Merkle root of its heads. */
            root: string;
            /** @description The root of the checkpoint before. */
            previousRoot: string | null;
            keyId: string;
            /** @description Ed25519, base64. What is signed is told at `listCheckpointHeads`. */
            signature: string;
        };
        BookProof: {
            /**
             * @description What the last run that came to its end found; `unproven` before the first.
             * @enum {string}
             */
            state: "intact" | "broken" | "unproven";
            /** @description The run under way. */
            running: {
                accountsDone: number;
                accountsTotal: number;
            } | null;
            /** Format: date-time */
            checkedAt: string | null;
            accounts: number;
            entries: number;
            checkpoint: components["schemas"]["Checkpoint"] | null;
            /** @description Every key that the installation signed with, the newest first. Keep them where the installation cannot change them. */
            publicKeys: {
                /** @description The first 16 hexadecimal digits of SHA-256 of the key's SPKI in DER. */
                keyId: string;
                /** @description SPKI in PEM. */
                publicKey: string;
            }[];
            /** @description The first hundred. */
            problems: {
                /** @description Whose book is broken; null when it is a checkpoint. */
                customerId: string | null;
                /** @description Which entry; 0 when it is the book as a whole. */
                sequence: number;
                /** @example the entry was changed */
                problem: string;
            }[];
            problemsCount: number;
        };
        Telegram: {
            connected: boolean;
            username?: string | null;
            /** @description Notices that wait to be sent. */
            waiting?: number;
            /** @description Why the newest try to send failed. */
            problem?: string | null;
        };
        Project: {
            id: string;
            name: string;
            currency: string;
            locale: string;
            timeZone: string;
            defaultCountry: string;
            /** @enum {string} */
            status: "active" | "paused";
            requireSignature: boolean;
            rateLimitPerMinute: number;
            disabledFormats: string[];
            fieldMap: {
                [key: string]: string;
            };
            blocklist: string[];
            tildaApiKeyName: string;
            /** @description Where storefronts post to; only in the answer about one project. */
            webhookUrl?: string;
            /** Format: date-time */
            createdAt: string;
        };
        ProjectInput: {
            name: string;
            /**
             * @example RUB
             * @example KZT
             */
            currency: string;
            /**
             * @description `ru` when absent.
             * @enum {string}
             */
            locale?: "ru" | "en" | "kk";
            /** @description IANA; `Europe/Moscow` when absent, `Asia/Almaty` for KZT. */
            timeZone?: string;
            /** @description Of phones without a country code; `RU` when absent, `KZ` for KZT. */
            defaultCountry?: string;
        };
        CreatedProject: components["schemas"]["Project"] & {
            webhookSecret: string;
            webhookUrl: string;
            /** @description `whsec_…`: signs what is posted to the door. */
            signingSecret: string;
            /** @description `sk_…`: the key of `/v1`. */
            secretKey: string;
            /** @description `pk_…`: for the browser. */
            publishableKey: string;
            /** @description For Tilda's webhook settings; needed where signatures are required. */
            tildaApiKey: string;
        };
        Readiness: {
            ready: boolean;
            parts: {
                /**
                 * @example postgres
                 * @example redis
                 * @example migrations
                 */
                name: string;
                ready: boolean;
                why?: string;
            }[];
        };
    };
    responses: {
        /** @description What went wrong, and what to change. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description 50 when absent. */
        Limit: number;
        /** @description `nextCursor` of the page before. */
        Cursor: string;
        CustomerId: string;
        InboxItemId: string;
        CheckpointId: string;
        ProjectId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    receiveWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=N`, N up to 10: answer with the final result within N seconds, else 202 (RFC 7240). */
                Prefer?: string;
            };
            path: {
                /** @description The project's webhook secret. It is an address; whoever knows it may post orders. */
                webhookSecret: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurchaseAction"] | components["schemas"]["RegisterUserAction"] | components["schemas"]["SpendBonusesAction"] | components["schemas"]["BatchPurchaseAction"];
                /**
                 * @example {
                 *       "Name": "Anna",
                 *       "Email": "anna@example.com",
                 *       "payment[sys]": "cloudpayments",
                 *       "payment[systranid]": "3521002298",
                 *       "payment[orderid]": "1869817991",
                 *       "payment[amount]": "4900"
                 *     }
                 */
                "application/x-www-form-urlencoded": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The final result, or an answer to a storefront that wants plain 200. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description Stored; it will be processed. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getProgram: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Program"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putProgram: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "basePercent": 5,
                 *       "tiers": [
                 *         {
                 *           "name": "Silver",
                 *           "threshold": "30000",
                 *           "percent": 2
                 *         },
                 *         {
                 *           "name": "Gold",
                 *           "threshold": "100000",
                 *           "percent": 5
                 *         }
                 *       ],
                 *       "referralPercent": 3,
                 *       "welcomeBonus": "200",
                 *       "expiryDays": 365,
                 *       "activationDelayDays": 14,
                 *       "maxSpendPercent": 30,
                 *       "rounding": "floor",
                 *       "unpaidOrders": "pending"
                 *     }
                 */
                "application/json": components["schemas"]["ProgramInput"];
            };
        };
        responses: {
            /** @description Published. The same rules again make no new version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Program"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCustomers: {
        parameters: {
            query?: {
                email?: string;
                phone?: string;
                externalId?: string;
                /** @description 50 when absent. */
                limit?: components["parameters"]["Limit"];
                /** @description `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Customer"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listEntries: {
        parameters: {
            query?: {
                /** @description 50 when absent. */
                limit?: components["parameters"]["Limit"];
                /** @description `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Entry"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getOrder: {
        parameters: {
            query?: {
                /** @description Where it was made; `api` when absent. */
                storefront?: string;
            };
            header?: never;
            path: {
                /** @description The shop's id of the order. */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putOrder: {
        parameters: {
            query?: {
                /** @description Where it was made; `api` when absent. */
                storefront?: string;
            };
            header?: never;
            path: {
                /** @description The shop's id of the order. */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    status: "paid";
                };
            };
        };
        responses: {
            /** @description The order as it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listInbox: {
        parameters: {
            query?: {
                status?: components["schemas"]["InboxStatus"];
                orderId?: string;
                /** @description 50 when absent. */
                limit?: components["parameters"]["Limit"];
                /** @description `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["InboxItem"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getInboxItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxItemId: components["parameters"]["InboxItemId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxItem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replayInboxItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxItemId: components["parameters"]["InboxItemId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It waits for its next try. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxItem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getBookProof: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the last run found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookProof"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    proveBooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A run is under way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookProof"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCheckpoints: {
        parameters: {
            query?: {
                /** @description 50 when absent. */
                limit?: components["parameters"]["Limit"];
                /** @description `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Checkpoint"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCheckpointHeads: {
        parameters: {
            query?: {
                /** @description 1000 when absent. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                checkpointId: components["parameters"]["CheckpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            customerId: string;
                            sequence: number;
                            hash: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTelegram: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bot, or that there is none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Telegram"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putTelegram: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Connected. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Telegram"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteTelegram: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnected; its token is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listProjects: {
        parameters: {
            query?: {
                /** @description 50 when absent. */
                limit?: components["parameters"]["Limit"];
                /** @description `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Project"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectInput"];
            };
        };
        responses: {
            /** @description Created. Its secrets are shown this once (the webhook address can be read again). */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedProject"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The project. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    updateProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @enum {string} */
                    status?: "active" | "paused";
                    /** @enum {string} */
                    locale?: "ru" | "en" | "kk";
                    timeZone?: string;
                    defaultCountry?: string;
                    /** @description Standard actions must be signed; Tilda must send its key. */
                    requireSignature?: boolean;
                    rateLimitPerMinute?: number;
                    disabledFormats?: ("standard" | "tilda")[];
                    /** @description Our name of a Tilda field → the owner's, e.g. `{"phone": "Телефон"}`. */
                    fieldMap?: {
                        [key: string]: string;
                    };
                    /** @description Bogus e-mails and phones that identify nobody. */
                    blocklist?: string[];
                    /** @description Name of the header or field; `Api-Key` at first. */
                    tildaApiKeyName?: string;
                };
            };
        };
        responses: {
            /** @description The project as it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    rotateSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: components["parameters"]["ProjectId"];
                secretKind: "webhook-secret" | "signing-secret" | "secret-key" | "publishable-key" | "tilda-api-key";
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description A day when absent. */
                    overlapSeconds?: number;
                    force?: boolean;
                };
            };
        };
        responses: {
            /** @description The new secret, shown this once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kind: string;
                        secret: string;
                        webhookUrl?: string;
                        /** Format: date-time */
                        previousExpiresAt: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description 50 when absent. */
                limit?: components["parameters"]["Limit"];
                /** @description `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                projectId: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string;
                            /**
                             * @example project.created
                             * @example program.published
                             * @example secret.rotated
                             */
                            action: string;
                            /**
                             * @example operator
                             * @example secret-key
                             * @example command
                             */
                            actor: string;
                            details?: {
                                [key: string]: unknown;
                            };
                            /** Format: date-time */
                            at: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "alive";
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Not ready; the part that is not says why. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
