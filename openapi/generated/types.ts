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
         *     project's log a flag). A refund is told from another of its order by `refundId`; the same id with another amount or other
         *     items is refused with `refund-conflict`.
         *
         *     *Before its time.* A refund that names no customer waits for what came before it of the same order; if the order is
         *     unknown then, it is refused with `order-not-found`, and may be sent again.
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
        /**
         * Forget who a customer is
         * @description Contacts, profile, the texts of notices and what requests said of the customer are removed for good, also of those that were
         *     merged into it; that cannot be undone. Bonuses and orders stay in the books under the id. A later order with the same contact
         *     makes a new customer. Erasing again changes nothing and answers the same.
         */
        delete: operations["eraseCustomer"];
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
    "/v1/customers/{customerId}/lots": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        /** A customer's bonuses, lot by lot, in the order in which they are spent */
        get: operations["listLots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{customerId}/lots/{lotId}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
                lotId: components["parameters"]["LotId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a pending lot spendable now */
        post: operations["activateLot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{customerId}/lots/{lotId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
                lotId: components["parameters"]["LotId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a pending lot back */
        post: operations["cancelLot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{customerId}/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give or take bonuses by hand
         * @description Needs a reason, stands in the audit log, counts against limits. With an Idempotency-Key it happens once.
         */
        post: operations["adjustBonuses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entries/{entryId}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entryId: components["parameters"]["EntryId"];
            };
            cookie?: never;
        };
        /** How the amount of a ledger entry came about */
        get: operations["explainEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an order would earn and how much bonuses may pay */
        post: operations["quoteOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{customerId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        /**
         * Everything that is kept of a customer
         * @description For a customer who asks. A section holds at most 10,000 rows and says `truncated` when there are more. Raw requests are not
         *     part of it: they may name others too.
         */
        get: operations["exportCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{customerId}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge another customer into this one
         * @description All contacts, bonuses and orders of `from` are this customer's afterwards; what this one's profile lacks is taken from `from`.
         *     The id of `from` keeps leading here. A customer that was merged itself stands for the one it became part of.
         *     `POST /v1/merges/{mergeId}/undo` takes it back.
         */
        post: operations["mergeCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Merges, newest first, also undone ones */
        get: operations["listMerges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merges/{mergeId}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mergeId: components["parameters"]["MergeId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Part two customers again
         * @description What the merge moved goes back; what came since stays with the customer that it came to. Of several merges of a customer the
         *     newest is undone first. Undoing again changes nothing and answers the same.
         */
        post: operations["undoMerge"];
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
                storefront?: components["parameters"]["Storefront"];
            };
            header?: never;
            path: {
                /** @description The shop's id of the order. */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        /** One order and what it earned */
        get: operations["getOrder"];
        /**
         * Say how an order stands
         * @description The order as full state: tell it whenever it changes, as often as you like and in any order. Bonuses are given, scheduled, taken back and
         *     returned by what the whole of it says, once. Late news of an earlier stage change nothing; other totals for the same stage are a conflict.
         *     Knowing the order already, `{ "status": "paid" }` is enough.
         */
        put: operations["putOrder"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}/refunds": {
        parameters: {
            query?: {
                /** @description Where it was made; `api` when absent. */
                storefront?: components["parameters"]["Storefront"];
            };
            header?: never;
            path: {
                /** @description The shop's id of the order. */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give goods back, whole or in part
         * @description By the terms that the order was counted with, not by today's program. Earned bonuses are taken back in proportion, spent ones go back to
         *     their lots. Partial refunds add up to the whole to the last unit. A refund that comes before its order waits for it.
         */
        post: operations["refundOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put bonuses aside for an order
         * @description They leave the balance at once and come back by themselves at the deadline, or when the hold is voided. The lots they come from cannot expire
         *     under them before the deadline. One open hold an order; the same wish again answers with the same hold.
         */
        post: operations["createHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{holdId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        /** One hold */
        get: operations["getHold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{holdId}/capture": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Spend what is held, all or part */
        post: operations["captureHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{holdId}/void": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Free what is held */
        post: operations["voidHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/referrals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who brought whom */
        get: operations["listReferrals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/referrals/{customerId}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a doubted referral count */
        post: operations["acceptReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/referrals/{customerId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn a doubted referral down */
        post: operations["rejectReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Limits that were reached and referrals that look odd */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandbox/holds/{holdId}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a hold as its customer would
         * @description Only in a sandbox: elsewhere the customer does it himself.
         */
        post: operations["confirmSandboxHold"];
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
    "/v1/integrations/telegram/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Who is told of trouble
         * @description The Telegram chat that the project's bot tells when a webhook endpoint fails or is switched off, a limit is reached or the books do not add up.
         *     Its owner must have written to the bot first. `null` for nobody.
         */
        put: operations["putTelegramOwner"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/telegram/agents-group": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Where agents are told of tickets
         * @description A Telegram group that the bot was added to; `/id` there says its id. New tickets are announced in it with a button Take. `null` for none.
         */
        put: operations["putTelegramAgentsGroup"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/telegram/texts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the bot says
         * @description Every text by its key: `standard` is ours, `own` what the project says instead.
         */
        get: operations["getTelegramTexts"];
        /**
         * Let the bot say it differently
         * @description Replaces all own texts. Variables in braces are those of the standard text.
         */
        put: operations["putTelegramTexts"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/todoist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The project's board */
        get: operations["getTodoist"];
        /**
         * Connect Todoist
         * @description The token is tried first, then kept encrypted and never shown again. The board is built at once, or found again: a project with the sections
         *     New, In work, Waiting for customer, Solved. Give `token` (Todoist → Settings → Integrations → Developer) or the `code` of an authorisation of the host's app: exactly one of both.
         */
        put: operations["putTodoist"];
        post?: never;
        /**
         * Disconnect Todoist
         * @description The board with its tasks stays at Todoist, as it is.
         */
        delete: operations["deleteTodoist"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/telegram-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A one-time link into the bot
         * @description Opens the project's bot. With a session: whoever opens it goes on with this browser's conversation there, and when the bot knows the customer, says "it is me" by a button;
         *     then `claim` opens a session of that customer (`telegramProof` of `POST /v1/visitor-sessions`). A session of a customer links the Telegram account to that customer, unless another Telegram is linked
         *     and can still be reached: whoever has the browser may not be whoever owns the bonuses. With the secret key: links it to that `customer`, whoever was linked before.
         *     The same `code` stands in the page and in the bot. Good for a quarter of an hour, once.
         */
        post: operations["createTelegramLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/telegram-updates/{botKey}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                botKey: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Telegram delivers an update
         * @description The webhook address of a project's bot, with Telegram's secret token. Stored before it is answered; a repeat changes nothing.
         */
        post: operations["receiveTelegramUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/todoist-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Todoist says that something happened
         * @description The callback address of the host's Todoist app, signed with its client secret. Only a wake-up: what happened is asked by sync.
         */
        post: operations["receiveTodoistEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened, kept for 30 days */
        get: operations["listEvents"];
        put?: never;
        /**
         * Have a sample event sent to everybody who wants its type
         * @description Marked `test: true`; for trying a receiver. It changes nothing.
         */
        post: operations["triggerEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        /** One event */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{eventId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send one event again
         * @description To one endpoint, or to every enabled one that wants its type.
         */
        post: operations["replayEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-feed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events as they happen, oldest first
         * @description For programs that cannot be reached from outside, such as a laptop. Ask again with `position` of the answer; nothing is missed in between.
         *     Without `after` it begins now: the answer is empty at once and says where.
         */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where events are sent to */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Have events sent to an address
         * @description Each event is an HTTP POST, signed by [Standard Webhooks](https://www.standardwebhooks.com) with the secret of this answer; `@tapline/signing` verifies it.
         *     2xx within 15 seconds is success. Everything else is tried again after 5 s, 1 min, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, each half to wholly waited, or after the answer's `Retry-After` when that is later.
         *     At most 20 endpoints a project.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        /** One endpoint and how it fares */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Remove an endpoint
         * @description Its deliveries and their log go with it; the events stay.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change, disable or enable an endpoint
         * @description While it is disabled, its events are held, and go out when it is enabled again.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/v1/webhook-endpoints/{endpointId}/secret/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret of an endpoint
         * @description Both secrets sign until the older one ends. While that lasts, a second rotation is refused (409 `rotation-in-progress`) unless forced, which ends the older ones at once.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{endpointId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a sample event to an endpoint
         * @description Marked `test: true`. It goes out at once, also to an endpoint that is failing or does not want its type; not to a disabled one.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{endpointId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send many events again
         * @description In the background, at a pace that the endpoint and new events can bear. The ids are those of the first time.
         */
        post: operations["replayToWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log of what was sent */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        /** One delivery with its attempts */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send one delivery again
         * @description Now, with all attempts before it again. 409 `endpoint-disabled` while its endpoint is disabled.
         */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Replays and how far they are */
        get: operations["listWebhookReplays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-replays/{replayId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                replayId: components["parameters"]["ReplayId"];
            };
            cookie?: never;
        };
        /** How far a replay is */
        get: operations["getWebhookReplay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/visitor-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a session for a browser
         * @description From a page of an allowed origin (see the chat settings). With `identity` it is the session of that customer, who then also sees the bonuses (`/v1/me`);
         *     with `renewal` of the visitor who was here before; with both, what the visitor said before belongs to the customer from then on; with neither of a new visitor.
         */
        post: operations["createVisitorSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/socket-tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a ticket for the socket
         * @description The socket, `GET /v1/socket`, speaks the frames `ClientFrame` and `ServerFrame`; the first one is `hello` with the ticket, so that no token stands in an address.
         */
        post: operations["createSocketTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Conversations, the last active first
         * @description A session sees its own ones; agents and backends those of the project.
         */
        get: operations["listConversations"];
        put?: never;
        /** Begin a conversation */
        post: operations["createConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** One conversation */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Close, open or rename a conversation */
        patch: operations["updateConversation"];
        trace?: never;
    };
    "/v1/conversations/{conversationId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** Messages, the newest first */
        get: operations["listMessages"];
        put?: never;
        /**
         * Say something
         * @description The answer says that it is stored. Repeat it with the same `clientId` when there was none: it is said once.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/messages/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                messageId: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take back what was said
         * @description By its sender, or by agents and backends. Its text is gone for good.
         */
        delete: operations["deleteMessage"];
        options?: never;
        head?: never;
        /**
         * Change what was said
         * @description By its sender only.
         */
        patch: operations["editMessage"];
        trace?: never;
    };
    "/v1/conversations/{conversationId}/messages/{messageId}/reactions/{emoji}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                messageId: components["parameters"]["MessageId"];
                /** @description One emoji, percent-encoded. */
                emoji: components["parameters"]["Emoji"];
            };
            cookie?: never;
        };
        get?: never;
        /** React to a message */
        put: operations["addReaction"];
        post?: never;
        /** Take a reaction back */
        delete: operations["removeReaction"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** What happened after a sequence */
        get: operations["listConversationEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/participants": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** Who takes part */
        get: operations["listParticipants"];
        put?: never;
        /** Bring somebody in */
        post: operations["addParticipant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/participants/{participantId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                participantId: components["parameters"]["ParticipantId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take somebody out */
        delete: operations["removeParticipant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/read-mark": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Say up to where you have read */
        put: operations["markRead"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Announce a file
         * @description The message of the file takes its place in the conversation when the file has arrived, not before.
         *     The same `clientId` again answers with the same attachment.
         */
        post: operations["createAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/attachments/{attachmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                attachmentId: components["parameters"]["AttachmentId"];
            };
            cookie?: never;
        };
        /** A file and where to load it */
        get: operations["getAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/attachments/{attachmentId}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                attachmentId: components["parameters"]["AttachmentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that the file is uploaded
         * @description Not needed where the storage tells by itself; harmless again. 409 `attachment-not-uploaded` when nothing is there yet.
         */
        post: operations["confirmAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/storage-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell what has arrived in the storage
         * @description For S3-compatible storage that can notify a webhook, such as MinIO: `s3:ObjectCreated:*` of the prefix `uploads/`, with the token of
         *     `TAPLINE_STORAGE_WEBHOOK_TOKEN`. Repeated, late and unordered events do no harm, and a lost one is made up for by looking.
         *     503 asks for the same events again later.
         */
        post: operations["receiveStorageEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{uploadToken}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uploadToken: string;
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Upload a file
         * @description The address that announcing a file gives, where the server keeps files itself. The body is the file's bytes, as many as announced;
         *     the first whole upload counts. From pages of any origin.
         */
        put: operations["uploadFile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/files/{fileToken}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fileToken: string;
            };
            cookie?: never;
        };
        /**
         * Load a file
         * @description The `url` of an attachment, where the server keeps files itself; `HEAD` and ranges work too. Images, audio, video and PDF may be shown in place,
         *     everything else is saved. Nothing in it can run.
         */
        get: operations["downloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat-participants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the participant of a customer or bot
         * @description To speak for it, or to bring it into a conversation.
         */
        post: operations["createParticipant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the chat behaves */
        get: operations["getChatSettings"];
        /** Set how the chat behaves */
        put: operations["putChatSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat-dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What could not be delivered */
        get: operations["listChatDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/message-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Push many messages
         * @description They are taken in as fast as the messenger has room, in this order for each conversation. Queued is not stored: what a lost queue may lose, send again; a
         *     message whose `clientId` is there already is not said twice. What is refused stands among the dead letters.
         */
        post: operations["pushMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The support team */
        get: operations["listAgents"];
        put?: never;
        /** Add an agent */
        post: operations["createAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{agentId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        /** One agent */
        get: operations["getAgent"];
        put?: never;
        post?: never;
        /** Remove an agent */
        delete: operations["deleteAgent"];
        options?: never;
        head?: never;
        /** Change an agent */
        patch: operations["updateAgent"];
        trace?: never;
    };
    "/v1/agents/{agentId}/token/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace an agent's token */
        post: operations["rotateAgentToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tickets
         * @description The newest first.
         */
        get: operations["listTickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All tickets as a table
         * @description One line a ticket, or with `messages=true` one line a message.
         *     `from` and `to` are moments (`2026-11-29T00:00:00Z`; colons may stand as they are), or days of the project's clock: from the beginning of one, to the end of the other
         *     (`from=2026-11-01&to=2026-11-30`).
         */
        get: operations["exportTickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: components["parameters"]["TicketId"];
            };
            cookie?: never;
        };
        /** One ticket */
        get: operations["getTicket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a ticket
         * @description Moves, assigns, snoozes or ranks it; customer, board and agents' group see it at once.
         */
        patch: operations["updateTicket"];
        trace?: never;
    };
    "/v1/tickets/{ticketId}/take": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: components["parameters"]["TicketId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a ticket
         * @description Whoever is first has it; everybody after that is told whose it is (`ticket-taken`).
         */
        post: operations["takeTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: components["parameters"]["TicketId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a ticket part of another one
         * @description Both of the same customer. What the customer writes from then on goes to the other one.
         */
        post: operations["mergeTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: components["parameters"]["TicketId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave a note for the team
         * @description The customer never sees it.
         */
        post: operations["addTicketNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: components["parameters"]["TicketId"];
            };
            cookie?: never;
        };
        /**
         * What was done with a ticket
         * @description The oldest first, by whom and from where.
         */
        get: operations["getTicketHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/support-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How support works here */
        get: operations["getSupportSettings"];
        /**
         * Set how support works here
         * @description Replaces all; what is absent takes its default.
         */
        put: operations["putSupportSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/support": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How support is doing
         * @description `from` and `to` are moments (`2026-11-29T00:00:00Z`; colons may stand as they are), or days of the project's clock: from the beginning of one, to the end of the other
         *     (`from=2026-11-01&to=2026-11-30`).
         */
        get: operations["getSupportReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/support.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as a table
         * @description One line an agent; UTF-8 with a byte order mark, so that spreadsheets show Cyrillic. With `Authorization: Bearer sk_…`.
         *     `from` and `to` are moments (`2026-11-29T00:00:00Z`; colons may stand as they are), or days of the project's clock: from the beginning of one, to the end of the other
         *     (`from=2026-11-01&to=2026-11-30`).
         */
        get: operations["exportSupportReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat-participants/{participantId}/ban": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                participantId: components["parameters"]["ParticipantId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Do not listen to somebody
         * @description What they write is refused silently; the audit log keeps who did it.
         */
        put: operations["banParticipant"];
        post?: never;
        /** Listen to somebody again */
        delete: operations["unbanParticipant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who I am, and my bonuses */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Say who I am
         * @description Of a visitor, as it was asked for before a chat. It proves nothing and links nothing: agents see it beside the request as what was said.
         */
        patch: operations["updateMe"];
        trace?: never;
    };
    "/v1/me/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My ledger, newest first */
        get: operations["listMyEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What my order would earn and how much bonuses may pay
         * @description With a session of a customer as that customer; with one of a visitor, or with the publishable key alone, as somebody who is new.
         */
        post: operations["quoteMyOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/promo-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A promo code of the shop for my bonuses
         * @description Where the shop imported one-time codes: gives one of `nominal`, for which as many bonuses are held (after a confirmation in Telegram, as every hold of a browser).
         *     The order that comes with it spends them. Let go unused it is never given to anybody else.
         */
        post: operations["takeMyPromoCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/conversations/{conversationId}/request": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /**
         * How my request stands
         * @description The latest one of this conversation of mine; somebody else's conversation is not there. Cheap enough to be asked every half a minute while somebody looks.
         */
        get: operations["getMyRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/conversations/{conversationId}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Rate how I was helped
         * @description Once it is solved (until then `rating-too-early`). Again changes it, for a day after the first time (then `rating-too-late`).
         */
        put: operations["rateMyRequest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/promo-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many promo codes are left */
        get: operations["countPromoCodes"];
        put?: never;
        /**
         * Import one-time promo codes of the shop
         * @description Each worth `nominal` in money, for one use, as they were made in the shop (in Tilda: a cart with promo codes, import). Codes that are known already are counted and left as they are.
         */
        post: operations["importPromoCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a page of the shop may know
         * @description For widget and plugins, from a page of an allowed origin: how the chat looks and greets, whether somebody is there, what an order earns and how bonuses are spent.
         *     Nothing of it is of a customer. A browser may keep it for a minute.
         */
        get: operations["getPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/page-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the widget looks and bonuses are spent in pages */
        get: operations["getPageSettings"];
        /** Set how the widget looks and bonuses are spent in pages */
        put: operations["putPageSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put my bonuses aside for an order
         * @description The bonuses wait for a "yes" from elsewhere, in Telegram where it is linked. Ten a minute for a customer, then `rate-limited`. Without `orderId` it is a reservation: its code is
         *     what the order brings.
         */
        post: operations["createMyHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/holds/{holdId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        /** One of my holds */
        get: operations["getMyHold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/holds/{holdId}/void": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Free what I held */
        post: operations["voidMyHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandbox/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What time a sandbox has
         * @description A project that is no sandbox is refused with `sandbox-only`.
         */
        get: operations["getSandboxClock"];
        put?: never;
        /**
         * Move a sandbox's clock forward
         * @description Bonuses become spendable and expire by the project's clock, so that a year of them can be tried in a minute. Send exactly one of the three.
         *
         *     Time only goes forward, and is never set back or reset: the ledger keeps the order in which things happened. For another beginning create
         *     another sandbox. Moves at the same time add up. At most a hundred years ahead of the real time; further is `clock-too-far`.
         *     A project that is no sandbox is refused with `sandbox-only`.
         */
        post: operations["moveSandboxClock"];
        delete?: never;
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
export interface webhooks {
    "bonus.awarded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * bonus.awarded: bonuses were given
         * @description Also those that can be spent later: `pending` tells.
         */
        post: operations["onBonusAwarded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "bonus.activated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** bonus.activated: bonuses can be spent from now on */
        post: operations["onBonusActivated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "bonus.spent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** bonus.spent: an order was paid with bonuses */
        post: operations["onBonusSpent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "bonus.held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** bonus.held: bonuses were put aside for an order */
        post: operations["onBonusHeld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "bonus.released": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * bonus.released: bonuses put aside came back
         * @description By a void, a merge or the deadline, and before a capture spends them.
         */
        post: operations["onBonusReleased"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "hold.expired": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * hold.expired: a hold reached its deadline
         * @description `bonus.released` comes with it.
         */
        post: operations["onHoldExpired"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "bonus.reversed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** bonus.reversed: earned bonuses were taken back after a return */
        post: operations["onBonusReversed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "bonus.refunded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** bonus.refunded: spent bonuses came back after a return */
        post: operations["onBonusRefunded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "bonus.expiring": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * bonus.expiring: bonuses will expire soon
         * @description Sent the program's number of days before.
         */
        post: operations["onBonusExpiring"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "bonus.expired": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** bonus.expired: bonuses have expired */
        post: operations["onBonusExpired"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "bonus.adjusted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * bonus.adjusted: staff gave or took bonuses
         * @description `amount` is negative when they were taken.
         */
        post: operations["onBonusAdjusted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "tier.changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** tier.changed: a customer has another tier */
        post: operations["onTierChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "tier.downgrading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** tier.downgrading: a customer will lose a tier unless they order */
        post: operations["onTierDowngrading"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "referral.qualified": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** referral.qualified: a friend's first order counts */
        post: operations["onReferralQualified"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "referral.suspected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** referral.suspected: a referral looks odd and waits for review */
        post: operations["onReferralSuspected"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "reservation.doubted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** reservation.doubted: an order brought a code that does not fit it */
        post: operations["onReservationDoubted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "limit.reached": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** limit.reached: a limit of the day was reached */
        post: operations["onLimitReached"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** customer.created: there is a new customer */
        post: operations["onCustomerCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.merged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** customer.merged: two customers are one */
        post: operations["onCustomerMerged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.unmerged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** customer.unmerged: a merge was undone */
        post: operations["onCustomerUnmerged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.erased": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * customer.erased: a customer was forgotten
         * @description Forget them too.
         */
        post: operations["onCustomerErased"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.rejected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * order.rejected: an accepted order could not be processed
         * @description It stands in the log with its reason and can be replayed from there.
         */
        post: operations["onOrderRejected"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "books.broken": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** books.broken: the ledger does not add up */
        post: operations["onBooksBroken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "endpoint.failing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * endpoint.failing: a webhook endpoint has begun to fail
         * @description Its deliveries are kept and one probe goes out every five minutes. Sent to the other endpoints.
         */
        post: operations["onEndpointFailing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "endpoint.disabled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * endpoint.disabled: a webhook endpoint was switched off
         * @description Nothing is lost: its deliveries wait until it is enabled. Sent to the other endpoints.
         */
        post: operations["onEndpointDisabled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "endpoint.recovered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * endpoint.recovered: a webhook endpoint answers again
         * @description Sent to the other endpoints.
         */
        post: operations["onEndpointRecovered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * webhook.test: a test
         * @description Nothing happened.
         */
        post: operations["onWebhookTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * @description What a client says over the socket. A socket message is one frame, or a JSON array of at most 64. Frames with an `id` are answered by `ack`, `synced` or `error` with
         *     the same one.
         */
        ClientFrame: components["schemas"]["HelloFrame"] | components["schemas"]["SendFrame"] | components["schemas"]["EditFrame"] | components["schemas"]["DeleteFrame"] | components["schemas"]["ReactFrame"] | components["schemas"]["SignalFrame"] | components["schemas"]["TypingFrame"] | components["schemas"]["ReceivedFrame"] | components["schemas"]["ReadFrame"] | components["schemas"]["SyncFrame"] | components["schemas"]["PongFrame"];
        /**
         * @description What the server says. Close codes 4000 to 4499 mean: connect again, after a wait (the reason is JSON, `{"afterMs":1500}`, where the server wants to spread
         *     the load); 4500 to 4999: not again without a change.
         *
         *     * 4000 `draining`, 4001 `zombie` (no pong), 4008 `slow` (the send queue was full or too old), 4009 `busy` (too many are connecting)
         *     * 4500 `bad-frame`, 4501 `ticket-refused`, 4502 `hello-expected`, 4503 `version-unsupported`, 4504 `ended` (no longer allowed)
         */
        ServerFrame: components["schemas"]["WelcomeFrame"] | components["schemas"]["AckFrame"] | components["schemas"]["ErrorFrame"] | components["schemas"]["EventsFrame"] | components["schemas"]["SyncedFrame"] | components["schemas"]["ReceiptFrame"] | components["schemas"]["PresenceFrame"] | components["schemas"]["TypedFrame"] | components["schemas"]["SignalledFrame"] | components["schemas"]["NoticeFrame"] | components["schemas"]["PingFrame"];
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
            /** @description For the program's rules. */
            category?: string | null;
            /** @description The line is the delivery. */
            delivery?: boolean;
            /** @description Sold at a reduced price. */
            sale?: boolean;
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
            /** @description Of a hold that was made before the order had an id. Bonuses are spent only where `discount` is what was held; otherwise the order is flagged, earns nothing, and the owner is told. */
            reservation?: string | null;
            /** @description What the buyer was spared, in money; needed with `reservation`. */
            discount?: components["schemas"]["Amount"];
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
        /** @description Where the order was made; `api` when absent. */
        Storefront: string;
        /** @description Named as in the order, by `sku`, else `externalId`, else `name`. */
        RefundItem: {
            sku?: string;
            externalId?: string | number;
            name?: string;
            quantity: number;
        };
        RefundAction: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "refund";
            /**
             * @description Goods came back: an `amount` of the gross, or `items`, or, with neither, all that is left. The order says whose it is; with a
             *     contact the refund may come before its order.
             */
            payload: ({
                orderId: components["schemas"]["OrderId"];
                storefront?: components["schemas"]["Storefront"];
                /** @description The shop's id of the refund: it happens once. Required with `amount` or `items`; else `whole` when absent. */
                refundId?: string;
                /** @description Gross worth of the goods, before bonuses; more than zero. */
                amount?: components["schemas"]["Amount"];
                items?: components["schemas"]["RefundItem"][];
                /** @description The project's when absent; another one is refused. */
                currency?: string;
                reason?: string | null;
            } & {
                [key: string]: unknown;
            }) & components["schemas"]["Contact"];
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
             * @description Stable; kebab-case. There may be new ones at any time.
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
        /**
         * @description `expected`: bonuses were spent, held or returned for it, the order itself has not come yet.
         * @enum {string}
         */
        OrderStatus: "expected" | "created" | "paid" | "fulfilled" | "cancelled" | "refunded" | "partially_refunded";
        /** @description What goes back. The money is the shop's to pay; the bonuses have moved already. */
        Refund: {
            refundId: string;
            orderId: string;
            orderStatus: components["schemas"]["OrderStatus"];
            /** @description Gross worth of what came back. */
            amount: string;
            /** @description Of it the part that was paid in money. */
            money: string;
            /** @description Of it the part that was paid with bonuses, now back in their lots. */
            bonusesReturned: string;
            /** @description Bonuses that had been earned on it and were taken back. */
            bonusesReversed: string;
            /** @description Earned bonuses that were spent already and stay so, by the program's `refunds.whenSpent`. */
            forgiven: string;
            /** @description What the customer owes now. */
            debt: string;
            available: string;
        };
        /** @description What came of it. */
        Result: {
            customerId?: string;
            /** @description The shop's. */
            orderId?: string;
            orderStatus?: components["schemas"]["OrderStatus"];
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
            refund?: components["schemas"]["Refund"];
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
        /** @description With at most two decimals. */
        Percent: number;
        TierPolicy: {
            /**
             * @description Default spend.
             * @enum {string}
             */
            by?: "spend" | "orders";
            /** @description What counts: all of it (default), the last days, or the calendar period of now. */
            window?: {
                /** @constant */
                kind: "all-time";
            } | {
                /** @constant */
                kind: "rolling";
                days: number;
            } | {
                /** @constant */
                kind: "calendar";
                /** @enum {string} */
                unit: "month" | "quarter" | "year";
            };
            /** @description A tier outlives what earned it by so long, announced by `tier.downgrading`; default 0. */
            graceDays?: number;
            /**
             * @description Default to-earned.
             * @enum {string}
             */
            downgrade?: "to-earned" | "one-step" | "never";
        };
        /** @description Lines that fit any of it. */
        LineMatch: {
            skus?: string[];
            categories?: string[];
            delivery?: boolean;
            sale?: boolean;
        };
        /** @description Of the multipliers that fit a line the greatest counts; extra percents and fixed bonuses add up. */
        BonusRule: {
            id: string;
            name?: string;
            /** @description Of the whole order when absent. */
            match?: components["schemas"]["LineMatch"];
            /** Format: date-time */
            startsAt?: string | null;
            /**
             * Format: date-time
             * @description Not any more at this moment.
             */
            endsAt?: string | null;
            /** @description Only a customer's first order. */
            firstOrder?: boolean;
            /** @description Only these; everybody when empty. */
            tiers?: string[];
            leastOrder?: components["schemas"]["Amount"];
            effect: {
                /** @description Of base and tier percent. */
                multiply: number;
            } | {
                addPercent: components["schemas"]["Percent"];
            } | {
                /** @description Once an order. */
                bonus: components["schemas"]["Amount"];
            };
            /** @description The most that it may promise in all; no cap when absent. */
            budget?: components["schemas"]["Amount"];
        };
        Limit: {
            soft?: components["schemas"]["Amount"];
            hard?: components["schemas"]["Amount"];
        };
        /** @description Sums of a day of the project's time zone. Past `soft` there is an alert; past `hard` nothing goes (the award of an order, a welcome or birthday is cut, a spend or adjustment refused; what referrers get does not count). */
        Limits: {
            customerEarned?: components["schemas"]["Limit"];
            customerSpent?: components["schemas"]["Limit"];
            staffAdjusted?: components["schemas"]["Limit"];
            projectEarned?: components["schemas"]["Limit"];
            projectSpent?: components["schemas"]["Limit"];
            projectAdjusted?: components["schemas"]["Limit"];
        };
        ProgramInput: {
            /** @description Of what was read; ignored in a PUT. */
            version?: number;
            /**
             * Format: date-time
             * @description Of what was read; ignored in a PUT.
             */
            publishedAt?: string;
            /** @description Of the money paid; default 0. */
            basePercent?: components["schemas"]["Percent"];
            /** @description A customer has the tier with the highest threshold that was reached. */
            tiers?: {
                name: string;
                /** @description Of money spent, or a number of orders, by `tierPolicy.by`. */
                threshold: components["schemas"]["Amount"];
                /** @description Added to the base percent. */
                percent: components["schemas"]["Percent"];
            }[];
            tierPolicy?: components["schemas"]["TierPolicy"];
            /** @description To the referrer on each of the friend's orders; default 0. */
            referralPercent?: components["schemas"]["Percent"];
            /** @description Fixed bonuses with the friend's first order; both wait until it is beyond return. */
            referral?: {
                /** @description Default 0. */
                referrerBonus?: components["schemas"]["Amount"];
                /** @description Default 0. */
                friendBonus?: components["schemas"]["Amount"];
                /** @description Smaller orders of the friend give the referrer nothing; default 0. */
                leastOrder?: components["schemas"]["Amount"];
                /** @description More new friends of one referrer in 24 hours wait for review; 0 (default): any number. */
                friendsPerDay?: number;
            };
            /**
             * @description The address that customers pass on to friends, with `{code}` where the referral code stands: shown with its QR code in Telegram. Default `null`: the code alone.
             *     The shop's page takes the code from it and sends it as `referralCode`.
             */
            referralUrl?: string | null;
            /** @description Once on registration; default 0. */
            welcomeBonus?: components["schemas"]["Amount"];
            birthday?: {
                /** @description Default 0. */
                bonus?: components["schemas"]["Amount"];
                /** @description Default 0. */
                daysBefore?: number;
                /** @description Of these bonuses; 0 (default): as the others. */
                expiryDays?: number;
            };
            rules?: components["schemas"]["BonusRule"][];
            exclusions?: {
                match: components["schemas"]["LineMatch"];
                /** @enum {string} */
                from: "earning" | "spending" | "both";
            }[];
            /** @description From the day they become spendable; 0 or null is never (the default). */
            expiryDays?: number | null;
            /** @description Of the calendar, instead of or before the days; default 0. */
            expiryMonths?: number;
            /**
             * @description Bonuses live on to the end of it, in the project's time zone; default none.
             * @enum {string}
             */
            expiryEndOf?: "none" | "day" | "month" | "quarter" | "year";
            /** @description `bonus.expiring` comes so long before; default 7, 0 is never. */
            expiryReminderDays?: number;
            /** @description From the award on; default 0. */
            activationDelayDays?: number;
            /**
             * @description What makes an order's bonuses real; default payment.
             * @enum {string}
             */
            awardOn?: "payment" | "fulfilment";
            /**
             * @description What an order gets before that: bonuses at once (on receipt), bonuses pending until then (default), or none until then.
             * @enum {string}
             */
            unpaidOrders?: "award" | "pending" | "ignore";
            /** @description Smaller orders earn nothing; default 0. */
            leastOrder?: components["schemas"]["Amount"];
            /** @description The greatest share of an order payable with bonuses; default 100. */
            maxSpendPercent?: components["schemas"]["Percent"];
            /** @description On smaller orders no bonuses can be spent; default 0. */
            leastSpendOrder?: components["schemas"]["Amount"];
            /**
             * @description `floor` (default) and `nearest` go to whole bonuses; `none` keeps the currency's decimals, floored.
             * @enum {string}
             */
            rounding?: "floor" | "nearest" | "none";
            refunds?: {
                /** @description What returned bonuses have to live at least; default 14. */
                leastLifeDays?: number;
                /**
                 * @description When the earned bonuses are spent already: take what the balance has and forgive the rest (default), let the customer owe
                 *     the rest, or take only what is still pending.
                 * @enum {string}
                 */
                whenSpent?: "within-balance" | "allow-debt" | "only-pending";
            };
            limits?: components["schemas"]["Limits"];
        };
        /** @description All the rules, with nothing left out. */
        Program: components["schemas"]["ProgramInput"] & {
            version: number;
            /** Format: date-time */
            publishedAt: string;
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
                /** @description Put aside for orders. */
                held: string;
                /** @description Owed after a refund; the next bonuses pay it. */
                debt: string;
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
                /** @description Money still to be spent, or orders to be made. */
                toNextTier: string | null;
                /**
                 * Format: date-time
                 * @description Set while the tier is kept only by grace.
                 */
                lapsesAt: string | null;
            };
            referralCode: string;
            /** @description Customer id. */
            referredBy?: string | null;
            /** @description Money paid, without the part paid with bonuses. */
            totalSpent: string;
            ordersCount: number;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was forgotten; the profile is empty then.
             */
            erasedAt?: string | null;
            /** @description Ids of the customers that are part of this one. */
            mergedFrom?: string[];
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
            /** @description What it added to the debt, or took from it. */
            debt?: string;
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
        Lot: {
            id: string;
            /** @description The lot that these bonuses were in before they came back or changed their owner. */
            originId?: string | null;
            reason: string;
            amount: string;
            remaining: string;
            /** @enum {string} */
            state: "pending" | "active";
            /**
             * Format: date-time
             * @description Null while it waits for payment, fulfilment or a decision.
             */
            activatesAt: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * @description A decimal string, negative to take away.
         * @example 500.00
         * @example -200
         */
        SignedAmount: string;
        AdjustmentInput: {
            amount: components["schemas"]["SignedAmount"];
            /** @description Stands in the audit log. */
            reason: string;
            /** @description Who does it; limits count by it. */
            staff: string;
            /**
             * Format: date-time
             * @description By the program when absent.
             */
            expiresAt?: string;
        };
        Adjustment: {
            customerId: string;
            amount: string;
            available: string;
        };
        RulePart: {
            /** @description `base`, `tier`, `referral-friend`, `limit` (negative), or the id of one of the program's rules. */
            rule: string;
            name?: string | null;
            percent?: number | null;
            amount: string;
        };
        AppraisedLine: {
            /** @description As named in the order; null for what the lines lack of the amount. */
            item: string | null;
            /** @description Gross, after a discount of the whole order. */
            amount: string;
            /** @description Its part paid with bonuses. */
            spent: string;
            /** @description What of it earns. */
            base: string;
            percent: number;
            earned: string;
            /**
             * @description Why it earns nothing.
             * @enum {string|null}
             */
            leftOut: "delivery" | "sale" | "category" | "sku" | null;
            /** @description Bonuses may pay for it. */
            payable: boolean;
            rules: string[];
        };
        /** @description How the amount of an entry came about, as sentences and as data. What drives a refund is the same record. */
        Explanation: {
            entryId: string;
            customerId: string;
            kind: string;
            amount: string;
            /** @description In the caller's language. */
            sentences: string[];
            programVersion?: number | null;
            order?: {
                orderId: string;
                storefront: string;
                amount: string;
                spent: string;
                base: string;
                percent: number;
                tier: string | null;
                /** @enum {string} */
                rounding: "floor" | "nearest" | "none";
                /** @description What rounding added, in minor units with four decimals; negative where it took. */
                roundedBy: string;
                nothingBecause?: string | null;
                /** @description Before any refund. */
                earned: string;
                /** @description After the refunds. */
                kept?: string;
                parts: components["schemas"]["RulePart"][];
                lines: components["schemas"]["AppraisedLine"][];
            } | null;
            lots: {
                lotId: string;
                amount: string;
            }[];
            details?: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            occurredAt: string;
        };
        /** @description Who; by our id, or by one or more contacts of one customer. */
        CustomerRef: {
            id?: string;
            /** @example anna@example.com */
            email?: string;
            /** @example 8 (900) 123-45-67 */
            phone?: string;
            /** @description The shop's own id of the customer. */
            externalId?: string | number;
        };
        QuoteInput: {
            /** @description Nobody when absent. */
            customer?: components["schemas"]["CustomerRef"];
            /** @description Gross, before bonuses. */
            amount: components["schemas"]["Amount"];
            items?: components["schemas"]["OrderItem"][];
            /** @description Bonuses that would pay for it; 0 when absent. */
            spend?: components["schemas"]["Amount"];
            referralCode?: string | null;
        };
        /** @description What the order would do if it came unchanged at this moment: the same code counts both. */
        Quote: {
            customerId: string | null;
            /** @description Base and tier together. */
            percent: number;
            tier: string | null;
            programVersion: number;
            earned: string;
            /** @description They become spendable later. */
            pending: boolean;
            /** Format: date-time */
            activatesAt?: string | null;
            /** Format: date-time */
            expiresAt?: string | null;
            spend: {
                /** @description As asked for. */
                amount: string;
                /** @description The most that may pay for this order. */
                most: string;
                /**
                 * @description Why it is not more.
                 * @enum {string}
                 */
                limitedBy: "balance" | "share" | "left-out-lines" | "least-order" | "amount" | "day-limit";
                available: string;
                /** @description The amount asked for may be spent. */
                possible: boolean;
            };
            parts: components["schemas"]["RulePart"][];
            lines: components["schemas"]["AppraisedLine"][];
            /** @enum {string|null} */
            nothingBecause?: "least-order" | "nothing-paid" | null;
            /** Format: date-time */
            at: string;
        };
        Merge: {
            id: string;
            /** @description The customer that was given up. */
            from: string;
            /** @description The customer that stayed. */
            into: string;
            reason: string | null;
            /** Format: date-time */
            mergedAt: string;
            /** Format: date-time */
            undoneAt: string | null;
        };
        /** @description By the part of Tapline that keeps it, such as `inbox` and `notices`. */
        ExportSections: {
            [key: string]: {
                [key: string]: unknown;
            };
        };
        CustomerExport: {
            /** @description The profile. */
            customer: {
                [key: string]: unknown;
            };
            identities: {
                /** @enum {string} */
                kind: "email" | "phone" | "externalId";
                value: string;
                /** Format: date-time */
                createdAt: string;
            }[];
            merges: components["schemas"]["Merge"][];
            sections: components["schemas"]["ExportSections"];
            /** @description The customers that are part of this one today, each with its profile and its own sections. */
            merged: ({
                id: string;
                /** Format: date-time */
                createdAt: string;
                sections: components["schemas"]["ExportSections"];
            } & {
                [key: string]: unknown;
            })[];
        };
        Order: {
            id: string;
            orderId: string;
            storefront: string;
            status: components["schemas"]["OrderStatus"];
            customerId: string;
            /** @description Gross. */
            amount: string | null;
            currency: string;
            /** @description Bonuses that paid for it, before any came back. */
            spent: string;
            /** @description Of them those that went back to their lots. */
            returned: string;
            /** @description What the customer has for it by now. */
            earned: string;
            /** @description What a refund should have taken back and could not. */
            forgiven?: string;
            /** @description Gross that has come back. */
            refunded: string;
            refunds: {
                refundId: string;
                /** @description Null with lines and for the whole rest. */
                amount?: string | null;
                items?: {
                    item: string;
                    quantity: number;
                }[];
                reason?: string;
                /** Format: date-time */
                at: string;
            }[];
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
            /** Format: date-time */
            fulfilledAt?: string | null;
            /** Format: date-time */
            cancelledAt?: string | null;
        };
        /**
         * @description The order as it is now, whole. Told again, or told late, it changes nothing that is known to be later: whatever came first, the
         *     same order and the same bonuses come of it. The first time it needs `customer` and `amount`.
         */
        OrderState: {
            /**
             * @description `partially_refunded` comes with `refundedAmount`. What is cancelled or refunded stays so.
             * @enum {string}
             */
            status: "created" | "paid" | "fulfilled" | "cancelled" | "refunded" | "partially_refunded";
            customer?: components["schemas"]["CustomerRef"];
            /** @description Gross, before bonuses, without what came back. */
            amount?: components["schemas"]["Amount"];
            /** @description The project's when absent. */
            currency?: string;
            items?: components["schemas"]["OrderItem"][];
            /** @description Gross that has come back in all. */
            refundedAmount?: components["schemas"]["Amount"];
            /** @description The hold that pays for it, captured whole. */
            holdId?: string;
            /** @description Bonuses that pay for it at once. */
            spend?: components["schemas"]["Amount"];
            referralCode?: string | null;
            promoCode?: string | null;
            description?: string | null;
            utm?: components["schemas"]["Utm"];
        };
        /** @description Goods that came back: an `amount` of the gross, or `items`, or, with neither, all that is left. */
        RefundInput: {
            /** @description The shop's id of the refund: it happens once. The Idempotency-Key when absent, else `whole`. */
            refundId?: string;
            /** @description Gross worth of the goods, before bonuses. */
            amount?: components["schemas"]["Amount"];
            items?: components["schemas"]["RefundItem"][];
            /** @description Needed when the refund comes before its order. */
            customer?: components["schemas"]["CustomerRef"];
            reason?: string;
        };
        HoldInput: {
            customer: components["schemas"]["CustomerRef"];
            orderId: components["schemas"]["OrderId"];
            storefront?: components["schemas"]["Storefront"];
            /** @description Bonuses to put aside. */
            amount: components["schemas"]["Amount"];
            /** @description Gross; needed where the program limits the share and the order is not known yet. */
            orderAmount?: components["schemas"]["Amount"];
            /** @description With `orderAmount`: where some goods cannot be paid with bonuses. */
            items?: components["schemas"]["OrderItem"][];
            /** @description 1800 (30 minutes) when absent; at most 15 days. */
            expiresInSeconds?: number;
            /** @description The customer has to confirm it before it can be captured; false when absent. */
            awaitsConfirmation?: boolean;
        };
        Hold: {
            id: string;
            customerId: string;
            orderId: string;
            storefront: string;
            amount: string;
            captured: string;
            /** @enum {string} */
            state: "awaiting-confirmation" | "active" | "captured" | "voided" | "expired";
            /** @description Four digits that stand on both screens while it awaits its confirmation. */
            code: string;
            /** @description Of a hold for an order that has no id yet: the code that its purchase brings as `reservation` or `promoCode`. Until then it is the `orderId` as well. */
            reservation: string | null;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            createdAt: string;
        };
        CaptureInput: {
            /** @description All of it when absent. */
            amount?: components["schemas"]["Amount"];
        };
        Referral: {
            /** @description The friend. */
            customerId: string;
            referrerId: string;
            /** @enum {string} */
            state: "accepted" | "qualified" | "review" | "rejected";
            /** @enum {string|null} */
            doubt: "same-contact" | "velocity" | null;
            /** Format: date-time */
            referredAt: string | null;
        };
        Alert: {
            id: string;
            /**
             * @example limit.reached
             * @example referral.suspected
             * @example reservation.doubted
             */
            type: string;
            customerId: string | null;
            details: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            at: string;
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
            /** @description The chat that is told of trouble. */
            ownerTelegramId?: string | null;
            /** @description The group where agents are told of tickets. */
            agentsGroupId?: string | null;
            /**
             * @description How updates reach us.
             * @enum {string}
             */
            delivery?: "webhook" | "polling";
            /**
             * Format: date-time
             * @description When the newest update came.
             */
            updatedAt?: string | null;
            /** @description Updates that are stored and not worked on yet. */
            unread?: number;
            /** @description Messages of conversations that wait to be sent, with those that wait for somebody who blocked the bot to come back. */
            unsent?: number;
            /** @description Updates and messages that were given up. */
            dead?: number;
        };
        /** @description A text in the languages of the shop; whoever has another one gets the project's. */
        LocalTexts: {
            ru?: string;
            en?: string;
            kk?: string;
        };
        TelegramTexts: {
            standard: {
                [key: string]: components["schemas"]["LocalTexts"];
            };
            own: {
                [key: string]: components["schemas"]["LocalTexts"];
            };
        };
        Todoist: {
            connected: boolean;
            boardId?: string;
            boardName?: string;
            /** @description Of the account that the bridge writes as. */
            accountId?: string;
            accountName?: string;
            /**
             * @description What wakes it; sync decides in both cases.
             * @enum {string}
             */
            delivery?: "webhook" | "polling";
            /** @description Why the newest try failed; null while all is well. */
            problem?: string | null;
            /** Format: date-time */
            syncedAt?: string | null;
            /** @description Tasks of open tickets on the board; those that people made there themselves are not counted. 300 of both is the most that Todoist holds on a board. */
            activeTasks?: number;
            overflowBoardId?: string | null;
            /** @description Commands that are not at Todoist yet. */
            waiting?: number;
            /** @description What was given up. */
            dead?: number;
        };
        TelegramLink: {
            url: string;
            /** @description Four digits, shown in the bot too: show it beside the link. */
            code: string;
            /** @description Of a session: kept by the browser and exchanged for the session of the customer who confirmed. */
            claim: string | null;
            /** Format: date-time */
            expiresAt: string;
        };
        /** @enum {string} */
        EventType: "bonus.awarded" | "bonus.activated" | "bonus.spent" | "bonus.held" | "bonus.released" | "hold.expired" | "bonus.reversed" | "bonus.refunded" | "bonus.expiring" | "bonus.expired" | "bonus.adjusted" | "tier.changed" | "tier.downgrading" | "referral.qualified" | "referral.suspected" | "reservation.doubted" | "limit.reached" | "customer.created" | "customer.merged" | "customer.unmerged" | "customer.erased" | "order.rejected" | "books.broken" | "endpoint.failing" | "endpoint.disabled" | "endpoint.recovered" | "webhook.test";
        /** @description What every event has. */
        EventEnvelope: {
            /**
             * @description The same over all deliveries and attempts; equal to `webhook-id`. Recognise repetitions by it.
             * @example evt_01JD3Z8X5T0000000000000000
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened; `webhook-timestamp` is when it was sent.
             */
            timestamp: string;
            projectId: string;
            /** @description What it is about. */
            resource: {
                /** @enum {string} */
                type: "customer" | "order" | "endpoint" | "project";
                id: string;
                /** @description Of a customer: `accountSequence` of the last ledger entry behind this event. Ignore figures of a lower version than you have seen. */
                version: number | null;
            };
            /** @description Counts the events of this resource from 1 without gaps. Events may arrive in another order, and more than once. */
            sequence: number;
            /** @description True for what was sent on request and did not happen. */
            test: boolean;
        };
        BonusAwardedEvent: {
            /** @constant */
            type: "bonus.awarded";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /**
                 * @description A decimal string; bonuses of the project's currency.
                 * @example 245.00
                 */
                amount: string;
                /**
                 * @description What the customer could spend right after it.
                 * @example 1245.00
                 */
                available: string;
                /** @example RUB */
                currency: string;
                /** @description Why: `purchase`, `referral`, `welcome`, `birthday`. */
                reason: string;
                /** @description The shop's id of the order; null when none caused it. */
                orderId: string | null;
                storefront: string | null;
                /** @description True while it cannot be spent yet. */
                pending: boolean;
                /**
                 * Format: date-time
                 * @description Null while it waits for the order to be paid or fulfilled.
                 */
                activatesAt: string | null;
                /**
                 * Format: date-time
                 * @description Null when it never expires or when that is not known yet.
                 */
                expiresAt: string | null;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bonus.awarded";
        });
        BonusActivatedEvent: {
            /** @constant */
            type: "bonus.activated";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /**
                 * @description A decimal string; bonuses of the project's currency.
                 * @example 245.00
                 */
                amount: string;
                /**
                 * @description What the customer could spend right after it.
                 * @example 1245.00
                 */
                available: string;
                /** @example RUB */
                currency: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bonus.activated";
        });
        BonusSpentEvent: {
            /** @constant */
            type: "bonus.spent";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /**
                 * @description A decimal string; bonuses of the project's currency.
                 * @example 245.00
                 */
                amount: string;
                /**
                 * @description What the customer could spend right after it.
                 * @example 1245.00
                 */
                available: string;
                /** @example RUB */
                currency: string;
                /** @description The shop's id of the order. */
                orderId: string;
                storefront: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bonus.spent";
        });
        BonusHeldEvent: {
            /** @constant */
            type: "bonus.held";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /**
                 * @description A decimal string; bonuses of the project's currency.
                 * @example 245.00
                 */
                amount: string;
                /**
                 * @description What the customer could spend right after it.
                 * @example 1245.00
                 */
                available: string;
                /** @example RUB */
                currency: string;
                /** @description The shop's id of the order. */
                orderId: string;
                storefront: string;
                /** @example hld_01JD3Z8X5T0000000000000000 */
                holdId: string;
                /** Format: date-time */
                expiresAt: string;
                /** @description True until the customer confirms it. */
                awaitsConfirmation: boolean;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bonus.held";
        });
        BonusReleasedEvent: {
            /** @constant */
            type: "bonus.released";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /**
                 * @description A decimal string; bonuses of the project's currency.
                 * @example 245.00
                 */
                amount: string;
                /**
                 * @description What the customer could spend right after it.
                 * @example 1245.00
                 */
                available: string;
                /** @example RUB */
                currency: string;
                /** @description The shop's id of the order. */
                orderId: string;
                storefront: string;
                /** @example hld_01JD3Z8X5T0000000000000000 */
                holdId: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bonus.released";
        });
        HoldExpiredEvent: {
            /** @constant */
            type: "hold.expired";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /**
                 * @description A decimal string; bonuses of the project's currency.
                 * @example 245.00
                 */
                amount: string;
                /**
                 * @description What the customer could spend right after it.
                 * @example 1245.00
                 */
                available: string;
                /** @example RUB */
                currency: string;
                /** @description The shop's id of the order. */
                orderId: string;
                storefront: string;
                /** @example hld_01JD3Z8X5T0000000000000000 */
                holdId: string;
                /** Format: date-time */
                at: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hold.expired";
        });
        BonusReversedEvent: {
            /** @constant */
            type: "bonus.reversed";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /**
                 * @description A decimal string; bonuses of the project's currency.
                 * @example 245.00
                 */
                amount: string;
                /**
                 * @description What the customer could spend right after it.
                 * @example 1245.00
                 */
                available: string;
                /** @example RUB */
                currency: string;
                /** @description The shop's id of the order. */
                orderId: string;
                storefront: string;
                /** @description The part that could not be taken and is owed; only where the program allows debt. */
                debt: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bonus.reversed";
        });
        BonusRefundedEvent: {
            /** @constant */
            type: "bonus.refunded";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /**
                 * @description A decimal string; bonuses of the project's currency.
                 * @example 245.00
                 */
                amount: string;
                /**
                 * @description What the customer could spend right after it.
                 * @example 1245.00
                 */
                available: string;
                /** @example RUB */
                currency: string;
                /** @description The shop's id of the order. */
                orderId: string;
                storefront: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bonus.refunded";
        });
        BonusExpiringEvent: {
            /** @constant */
            type: "bonus.expiring";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /**
                 * @description A decimal string; bonuses of the project's currency.
                 * @example 245.00
                 */
                amount: string;
                /**
                 * @description What the customer could spend right after it.
                 * @example 1245.00
                 */
                available: string;
                /** @example RUB */
                currency: string;
                /** Format: date-time */
                expiresAt: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bonus.expiring";
        });
        BonusExpiredEvent: {
            /** @constant */
            type: "bonus.expired";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /**
                 * @description A decimal string; bonuses of the project's currency.
                 * @example 245.00
                 */
                amount: string;
                /**
                 * @description What the customer could spend right after it.
                 * @example 1245.00
                 */
                available: string;
                /** @example RUB */
                currency: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bonus.expired";
        });
        BonusAdjustedEvent: {
            /** @constant */
            type: "bonus.adjusted";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /**
                 * @description A decimal string; bonuses of the project's currency.
                 * @example 245.00
                 */
                amount: string;
                /**
                 * @description What the customer could spend right after it.
                 * @example 1245.00
                 */
                available: string;
                /** @example RUB */
                currency: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bonus.adjusted";
        });
        TierChangedEvent: {
            /** @constant */
            type: "tier.changed";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /** @description Null for no tier. */
                from: string | null;
                /** @description Null for no tier. */
                to: string | null;
                /** @description What the new tier adds to the base percent. */
                percent: number;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tier.changed";
        });
        TierDowngradingEvent: {
            /** @constant */
            type: "tier.downgrading";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                from: string;
                /** @description Null for no tier. */
                to: string | null;
                /** Format: date-time */
                at: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tier.downgrading";
        });
        ReferralQualifiedEvent: {
            /** @constant */
            type: "referral.qualified";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /** @description The customer who was brought. */
                friendId: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "referral.qualified";
        });
        ReferralSuspectedEvent: {
            /** @constant */
            type: "referral.suspected";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /** @description The customer who was brought. */
                friendId: string;
                /** @description What looks odd: `same-contact` or `velocity`. */
                because: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "referral.suspected";
        });
        ReservationDoubtedEvent: {
            /** @constant */
            type: "reservation.doubted";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /** @example 1001 */
                orderId: string;
                /** @example tilda */
                storefront: string;
                /** @description What does not fit: `unknown` (no such code was given), `foreign` (it is another customer's), `unconfirmed`, `expired`, `released`, `used` (it has paid for another order), `discount` (the order takes off something else than was put aside), `promo-code` (the order has another one). The order then spends and earns nothing. `over-limit`: the bonuses were spent, though they pay for more of the order than the program allows. */
                because: string;
                /**
                 * @description The code that the order brought.
                 * @example BONUS7K3M9QXA
                 */
                reservation: string | null;
                /**
                 * @description What was put aside under it.
                 * @example 500.00
                 */
                held: string | null;
                /**
                 * @description What the order takes off.
                 * @example 700.00
                 */
                discount: string | null;
                /** @example RUB */
                currency: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "reservation.doubted";
        });
        LimitReachedEvent: {
            /** @constant */
            type: "limit.reached";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                limit: string;
                /** @description True when the limit refused what went past it. */
                hard: boolean;
                used: string;
                most: string;
                staff: string | null;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "limit.reached";
        });
        CustomerCreatedEvent: {
            /** @constant */
            type: "customer.created";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "customer.created";
        });
        CustomerMergedEvent: {
            /** @constant */
            type: "customer.merged";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /** @description The customer who is part of `customerId` now. */
                mergedId: string;
                mergeId: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "customer.merged";
        });
        CustomerUnmergedEvent: {
            /** @constant */
            type: "customer.unmerged";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
                /** @description The customer who stands by itself again. */
                unmergedId: string;
                mergeId: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "customer.unmerged";
        });
        CustomerErasedEvent: {
            /** @constant */
            type: "customer.erased";
            data: {
                /** @example cus_01JD3Z8X5T0000000000000000 */
                customerId: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "customer.erased";
        });
        OrderRejectedEvent: {
            /** @constant */
            type: "order.rejected";
            data: {
                /** @description The shop's id of the order; null when none caused it. */
                orderId: string | null;
                storefront: string;
                /** @description Where the request stands in the log, `GET /v1/inbox/{inboxItemId}`. */
                inboxItemId: string;
                /**
                 * @description The door's action.
                 * @example purchase
                 */
                action: string;
                /**
                 * @description Why, as in the problem document.
                 * @example order-conflict
                 */
                code: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "order.rejected";
        });
        BooksBrokenEvent: {
            /** @constant */
            type: "books.broken";
            data: {
                /** @description Whose books do not add up. */
                customerIds: string[];
                problemsCount: number;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "books.broken";
        });
        EndpointFailingEvent: {
            /** @constant */
            type: "endpoint.failing";
            data: {
                /** @example whe_01JD3Z8X5T0000000000000000 */
                endpointId: string;
                url: string;
                /** Format: date-time */
                failedSince: string;
                /**
                 * @description Of the last attempt.
                 * @example 503
                 * @example timeout
                 */
                lastError: string | null;
                /** @description Deliveries that wait until it is enabled again. */
                heldCount: number;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "endpoint.failing";
        });
        EndpointDisabledEvent: {
            /** @constant */
            type: "endpoint.disabled";
            data: {
                /** @example whe_01JD3Z8X5T0000000000000000 */
                endpointId: string;
                url: string;
                /**
                 * @description `gone`: it answered 410. `failing`: no success for five days.
                 * @enum {string}
                 */
                reason: "gone" | "failing";
                /**
                 * @description Of the last attempt.
                 * @example 503
                 * @example timeout
                 */
                lastError: string | null;
                /** @description Deliveries that wait until it is enabled again. */
                heldCount: number;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "endpoint.disabled";
        });
        EndpointRecoveredEvent: {
            /** @constant */
            type: "endpoint.recovered";
            data: {
                /** @example whe_01JD3Z8X5T0000000000000000 */
                endpointId: string;
                url: string;
                /** Format: date-time */
                failedSince: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "endpoint.recovered";
        });
        WebhookTestEvent: {
            /** @constant */
            type: "webhook.test";
            data: {
                message: string;
            };
        } & (components["schemas"]["EventEnvelope"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "webhook.test";
        });
        /** @description Whatever happened. */
        Event: components["schemas"]["BonusAwardedEvent"] | components["schemas"]["BonusActivatedEvent"] | components["schemas"]["BonusSpentEvent"] | components["schemas"]["BonusHeldEvent"] | components["schemas"]["BonusReleasedEvent"] | components["schemas"]["HoldExpiredEvent"] | components["schemas"]["BonusReversedEvent"] | components["schemas"]["BonusRefundedEvent"] | components["schemas"]["BonusExpiringEvent"] | components["schemas"]["BonusExpiredEvent"] | components["schemas"]["BonusAdjustedEvent"] | components["schemas"]["TierChangedEvent"] | components["schemas"]["TierDowngradingEvent"] | components["schemas"]["ReferralQualifiedEvent"] | components["schemas"]["ReferralSuspectedEvent"] | components["schemas"]["ReservationDoubtedEvent"] | components["schemas"]["LimitReachedEvent"] | components["schemas"]["CustomerCreatedEvent"] | components["schemas"]["CustomerMergedEvent"] | components["schemas"]["CustomerUnmergedEvent"] | components["schemas"]["CustomerErasedEvent"] | components["schemas"]["OrderRejectedEvent"] | components["schemas"]["BooksBrokenEvent"] | components["schemas"]["EndpointFailingEvent"] | components["schemas"]["EndpointDisabledEvent"] | components["schemas"]["EndpointRecoveredEvent"] | components["schemas"]["WebhookTestEvent"];
        /** @description One event on its way to one endpoint. */
        WebhookDelivery: {
            /** @example whd_01JD3Z8X5T0000000000000000 */
            id: string;
            endpointId: string;
            eventId: string;
            eventType: components["schemas"]["EventType"];
            /**
             * @description `held`: waits for the endpoint to work or to be enabled again. `failed`: all attempts are used up; replay it.
             * @enum {string}
             */
            status: "waiting" | "held" | "delivered" | "failed";
            attemptsCount: number;
            /** Format: date-time */
            nextAttemptAt: string | null;
            /**
             * @example 503
             * @example timeout
             */
            lastError: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            finishedAt: string | null;
        };
        ReplayedEvent: {
            deliveries: components["schemas"]["WebhookDelivery"][];
        };
        EventsSince: {
            data: components["schemas"]["Event"][];
            /** @description Ask again from here. */
            position: number;
        };
        WebhookEndpoint: {
            /** @example whe_01JD3Z8X5T0000000000000000 */
            id: string;
            url: string;
            description: string | null;
            /** @description Types, or `bonus.*` for all of a kind. Empty: all of them. */
            events: string[];
            /** @enum {string} */
            status: "enabled" | "disabled";
            /**
             * @description `owner`: switched off through the API. `gone`: it answered 410. `failing`: no success for five days.
             * @enum {string|null}
             */
            disabledBecause: "owner" | "gone" | "failing" | null;
            health: {
                /**
                 * @description `failing`: at least 90 % of at least ten attempts in a quarter of an hour failed. New deliveries are held, one probe goes out every five minutes.
                 * @enum {string}
                 */
                state: "ok" | "failing";
                /**
                 * Format: date-time
                 * @description The first failure since the last success.
                 */
                failedSince: string | null;
                /** Format: date-time */
                lastSuccessAt: string | null;
                /** Format: date-time */
                lastFailureAt: string | null;
                /**
                 * @example 503
                 * @example timeout
                 * @example address-refused
                 */
                lastError: string | null;
                /** Format: date-time */
                nextProbeAt: string | null;
            };
            /** @description Deliveries that wait for it to work or to be enabled. */
            heldCount: number;
            /**
             * Format: date-time
             * @description While both secrets sign, until when the older one does.
             */
            secretPreviousExpiresAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        WebhookEndpointInput: {
            /**
             * @description https, without a user name; an address of the public internet. The host may allow others (`TAPLINE_WEBHOOK_ALLOW`); http too then.
             * @example https://shop.example/hooks/tapline
             */
            url: string;
            description?: string | null;
            /** @description Types, or `bonus.*` for all of a kind. Empty or absent: all of them. */
            events?: string[];
            /** @description `true` when absent. */
            enabled?: boolean;
        };
        CreatedWebhookEndpoint: {
            /**
             * @description Verify with it. Shown this once.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string;
        } & components["schemas"]["WebhookEndpoint"];
        WebhookEndpointChange: {
            /**
             * @description https, without a user name; an address of the public internet. The host may allow others (`TAPLINE_WEBHOOK_ALLOW`); http too then.
             * @example https://shop.example/hooks/tapline
             */
            url?: string;
            description?: string | null;
            /** @description Types, or `bonus.*` for all of a kind. Empty or absent: all of them. */
            events?: string[];
            /** @description `true` also begins anew after it was switched off: what was held goes out, oldest first. */
            enabled?: boolean;
        };
        /** @description Which of the endpoint's events are sent again. Every condition narrows; none means all of the last 30 days. */
        ReplayInput: {
            /**
             * Format: date-time
             * @description Events that happened then or later.
             */
            from?: string;
            /**
             * Format: date-time
             * @description Events that happened before.
             */
            until?: string;
            /** @description As in the endpoint's `events`, which they are when absent. */
            types?: string[];
            /** @description What became of them here so far; `never`: the endpoint was not there yet, or did not want them. `failed` and `never` when absent. */
            statuses?: ("failed" | "held" | "delivered" | "never")[];
        };
        Replay: {
            /** @example whr_01JD3Z8X5T0000000000000000 */
            id: string;
            endpointId: string;
            /** @enum {string} */
            state: "running" | "finished";
            /** @description How many match. */
            eventsCount: number;
            /** @description How many are on their way again by now. */
            replayedCount: number;
            /** Format: date-time */
            from: string | null;
            /** Format: date-time */
            until: string;
            types: string[];
            statuses: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            finishedAt: string | null;
        };
        WebhookAttempt: {
            number: number;
            /** Format: date-time */
            at: string;
            url: string;
            /** @description Null when there was no answer. */
            status: number | null;
            /** @description Null when it was taken; else the status, or `timeout`, `connection-refused`, `connection-lost`, `name-not-found`, `tls-failed`, `address-refused`, `answer-malformed`, `secret-unreadable`. */
            error: string | null;
            durationMs: number;
            /** @description The IP address that was asked. */
            address: string | null;
            responseHeaders: {
                [key: string]: string;
            };
            /** @description Its first 4 KB. */
            responseBody: string | null;
        };
        WebhookDeliveryWithAttempts: {
            /** @description The last 50, newest first. */
            attempts: components["schemas"]["WebhookAttempt"][];
            /** @description What is sent, byte for byte. */
            body: string;
        } & components["schemas"]["WebhookDelivery"];
        VisitorSessionInput: {
            renewal?: string;
            /** @description From `signIdentity` of `@tapline/signing`, made by the shop's server. */
            identity?: string;
            /** @description The `claim` of `POST /v1/telegram-links`, once its customer has said yes in Telegram. Until then it is refused with `proof-pending`. Not together with `identity`. */
            telegramProof?: string;
            /** @description What a visitor wants to be called. */
            name?: string;
        };
        /** @description Somebody who speaks. */
        Participant: {
            /** @example par_01JD3Z8X5T0000000000000000 */
            id: string;
            /** @enum {string} */
            kind: "customer" | "visitor" | "agent" | "bot";
            name: string | null;
            /** @description Of a customer; told to agents and backends only. */
            customerId: string | null;
            agentId: string | null;
        };
        VisitorSession: {
            /** @description `st_…`, for this browser. */
            token: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description Gives the same visitor the next session, for 180 days; keep it in the browser. Null for a proven customer, who proves it again. */
            renewal: string | null;
            participant: components["schemas"]["Participant"];
        };
        SocketTicket: {
            /** @description Good for one `hello`, within 30 seconds. */
            ticket: string;
            /** @example wss://bonuses.example.com/v1/socket */
            url: string;
            /** Format: date-time */
            expiresAt: string;
        };
        ConversationParticipant: components["schemas"]["Participant"] & {
            /** @description The sequence up to which everything has reached this participant. */
            received: number;
            /** @description The sequence up to which this participant has read. */
            read: number;
            /** Format: date-time */
            joinedAt: string;
        };
        Attachment: {
            /** @example att_01JD3Z8X5T0000000000000000 */
            id: string;
            /** @description Made safe for a file system. */
            name: string;
            /** @description Bytes. */
            size: number;
            /**
             * @description Of what was uploaded, judged by its bytes.
             * @example image/png
             */
            type: string;
            /** @enum {string} */
            state: "pending" | "ready" | "refused";
            /** @description Where it can be loaded from for a while: an hour at least. Ask for the attachment again for a new one. */
            url: string | null;
        };
        /** @description As it now is; a deleted one keeps its place without text and file. */
        Message: {
            /** @example msg_01JD3Z8X5T0000000000000000 */
            id: string;
            sequence: number;
            sender: {
                id: string;
                /** @enum {string} */
                kind: "customer" | "visitor" | "agent" | "bot";
                name: string | null;
            };
            /** @description What the sender called it. */
            clientId: string;
            text: string | null;
            attachment: components["schemas"]["Attachment"] | null;
            /** @description Id of the message that it answers. */
            replyTo: string | null;
            reactions: {
                emoji: string;
                participantIds: string[];
            }[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            editedAt: string | null;
            /** Format: date-time */
            deletedAt: string | null;
        };
        Conversation: {
            /** @example cnv_01JD3Z8X5T0000000000000000 */
            id: string;
            subject: string | null;
            /**
             * @description Writing opens a closed one again.
             * @enum {string}
             */
            status: "open" | "closed";
            /** @description Sequences are comparable within an epoch; another one means: forget what you have and load anew. */
            epoch: number;
            /** @description Of the last event; 0 before the first. */
            sequence: number;
            participants: components["schemas"]["ConversationParticipant"][];
            lastMessage: components["schemas"]["Message"] | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastActivityAt: string;
        };
        ConversationInput: {
            subject?: string;
            /** @description Who takes part besides the caller; not for sessions of visitors and customers. */
            participantIds?: string[];
        };
        /**
         * @description The sender's own name of it. The same one again, in the same conversation and by the same sender, answers with the first and writes nothing, for ever.
         * @example 0193644e-5c1f-7b7a-9d55-0a4f5f6d1c11
         */
        ClientMessageId: string;
        MessageText: string;
        MessageInput: {
            clientId: components["schemas"]["ClientMessageId"];
            text: components["schemas"]["MessageText"];
            replyTo?: string;
            /** @description Whom a backend speaks for, with its secret key: a bot or a customer. Absent: the bot that has the name of the project. */
            senderId?: string;
        };
        MessageEvent: {
            conversationId: string;
            sequence: number;
            /** @constant */
            kind: "message";
            /** Format: date-time */
            at: string;
            /** @description Who did it; null when the product did. */
            participantId: string | null;
            message: components["schemas"]["Message"];
        };
        EditEvent: {
            conversationId: string;
            sequence: number;
            /** @constant */
            kind: "edited";
            /** Format: date-time */
            at: string;
            /** @description Who did it; null when the product did. */
            participantId: string | null;
            messageId: string;
            /** @description As it now is; null when it has been deleted since. */
            text: string | null;
        };
        DeleteEvent: {
            conversationId: string;
            sequence: number;
            /** @constant */
            kind: "deleted";
            /** Format: date-time */
            at: string;
            /** @description Who did it; null when the product did. */
            participantId: string | null;
            messageId: string;
        };
        ReactionEvent: {
            conversationId: string;
            sequence: number;
            /** @constant */
            kind: "reacted";
            /** Format: date-time */
            at: string;
            /** @description Who did it; null when the product did. */
            participantId: string | null;
            messageId: string;
            emoji: string;
            /** @description Set or taken back. */
            on: boolean;
        };
        MembershipEvent: {
            conversationId: string;
            sequence: number;
            /** @constant */
            kind: "membership";
            /** Format: date-time */
            at: string;
            /** @description Who did it; null when the product did. */
            participantId: string | null;
            /** @enum {string} */
            change: "joined" | "left";
            member: components["schemas"]["Participant"];
        };
        StatusEvent: {
            conversationId: string;
            sequence: number;
            /** @constant */
            kind: "status";
            /** Format: date-time */
            at: string;
            /** @description Who did it; null when the product did. */
            participantId: string | null;
            /** @enum {string} */
            status: "open" | "closed";
            subject: string | null;
        };
        /** @description Whatever happens in a conversation takes the next sequence, so nobody can miss one and not notice. */
        ConversationEvent: components["schemas"]["MessageEvent"] | components["schemas"]["EditEvent"] | components["schemas"]["DeleteEvent"] | components["schemas"]["ReactionEvent"] | components["schemas"]["MembershipEvent"] | components["schemas"]["StatusEvent"];
        /**
         * @description What happened after a sequence. When that is more than the limit, the newest events come, `limited` is true and `previous` is the sequence to continue from
         *     backwards: events after `after` and up to `previous` are still missing.
         */
        ConversationSync: {
            conversationId: string;
            epoch: number;
            /** @description Sequence of the last event that there is. */
            top: number;
            events: components["schemas"]["ConversationEvent"][];
            limited: boolean;
            previous: number | null;
        };
        AttachmentInput: {
            clientId: components["schemas"]["ClientMessageId"];
            name: string;
            /** @description Bytes; at most what the chat settings allow. */
            size: number;
            /** @description What the sender thinks it is. The bytes decide. */
            type?: string;
            text?: components["schemas"]["MessageText"];
            /** @description As for messages. */
            senderId?: string;
        };
        CreatedAttachment: {
            attachment: components["schemas"]["Attachment"];
            /** @description Send the file there; its message appears in the conversation as soon as it has arrived. */
            upload: {
                /** @constant */
                method: "PUT";
                url: string;
                /** @description To be sent as they are. */
                headers: {
                    [key: string]: string;
                };
                /** Format: date-time */
                expiresAt: string;
            };
        };
        /** @description Who shall be able to speak; the same one again answers with the same participant. */
        ParticipantInput: {
            bot?: {
                /** @example Order bot */
                name: string;
            };
            customer?: components["schemas"]["CustomerRef"];
        } & (unknown | unknown);
        /** @description What is absent takes its default. */
        ChatSettings: {
            /** @description Of the pages that may open sessions with the publishable key, such as `https://shop.example.com`. Empty: none. */
            allowedOrigins?: string[];
            /** @description Only customers with a signed identity may chat; `false` when absent. */
            requireIdentity?: boolean;
            /** @description How much one customer, visitor, agent or bot may say: a message costs 1, a file 5. */
            credits?: {
                /** @description 60 when absent. */
                capacity?: number;
                /** @description How often the pool is full again; 10 when absent. */
                refillSeconds?: number;
                /** @description Of all of the project together; 2000 when absent. */
                projectPerSecond?: number;
            };
            /** @description 20 MB when absent. */
            maxAttachmentBytes?: number;
            /** @description No stage of moderation when absent or null. */
            moderation?: {
                /** @description Whole words, in any case; a message of a customer or visitor that holds one is refused. */
                blockedWords: string[];
            } | null;
            /** @description What the project's bot answers to the first message of a conversation. */
            autoReply?: components["schemas"]["LocalTexts"] | null;
            /** @description In the project's time zone. Out of hours a conversation is answered once for each time that the shop is closed. */
            businessHours?: {
                days: {
                    /** @enum {string} */
                    day: "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
                    /** @example 09:00 */
                    from: string;
                    /** @example 18:00 */
                    to: string;
                }[];
                holidays?: string[];
                closedReply: components["schemas"]["LocalTexts"];
            } | null;
        };
        /** @description What could not be brought to somebody, after all tries. It stays in the conversation and is there when they come back. */
        ChatDeadLetter: {
            conversationId: string | null;
            participantId: string | null;
            fromSequence: number | null;
            toSequence: number | null;
            reason: string;
            attempts: number;
            /** Format: date-time */
            at: string;
        };
        MessageBatchInput: {
            messages: {
                conversationId: string;
                clientId: components["schemas"]["ClientMessageId"];
                text: components["schemas"]["MessageText"];
                senderId?: string;
            }[];
        };
        Agent: {
            /** @example agt_01JD3Z8X5T0000000000000000 */
            id: string;
            participantId: string;
            name: string;
            todoistUserId: string | null;
            telegramId: string | null;
            /** @description Of one that is not, the token is not good. */
            active: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        AgentInput: {
            name: string;
            todoistUserId?: string | null;
            telegramId?: string | null;
        };
        CreatedAgent: components["schemas"]["Agent"] & {
            /** @description `at_…`; shown once. */
            token: string;
        };
        AgentChange: {
            name?: string;
            todoistUserId?: string | null;
            telegramId?: string | null;
            active?: boolean;
        };
        /**
         * @description `waiting`: for the customer. `solved` becomes `closed` by itself; what the customer writes within the reopening days opens it again.
         * @enum {string}
         */
        TicketStatus: "new" | "in-work" | "waiting" | "solved" | "closed";
        Ticket: {
            /** @example tic_01JD3Z8X5T0000000000000000 */
            id: string;
            /** @description Counts from 1 within the project; what people say. */
            number: number;
            conversationId: string;
            /** @description Of whoever asks. */
            participantId: string;
            customerId: string | null;
            /**
             * @description Where it began.
             * @enum {string}
             */
            channel: "telegram" | "widget" | "api";
            status: components["schemas"]["TicketStatus"];
            /** @description The key of one of the topics of the settings. */
            topic: string | null;
            /** @description The beginning of the first message. */
            subject: string;
            /** @description 4 is urgent. */
            priority: number;
            /** @description Whose it is. */
            assigneeId: string | null;
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            firstAnswerAt: string | null;
            /** Format: date-time */
            firstAnswerDueAt: string | null;
            /** Format: date-time */
            resolutionDueAt: string | null;
            /** Format: date-time */
            solvedAt: string | null;
            /** Format: date-time */
            closedAt: string | null;
            /** Format: date-time */
            snoozedUntil: string | null;
            mergedInto: string | null;
            /** @description The one that it goes on with, too old to be opened again. */
            previousTicketId: string | null;
            reopens: number;
            rating: {
                score: number;
                comment: string | null;
                /** Format: date-time */
                at: string;
            } | null;
        };
        /** @description What is absent stays. */
        TicketChange: {
            status?: components["schemas"]["TicketStatus"];
            priority?: number;
            topic?: string | null;
            assigneeId?: string | null;
            /** Format: date-time */
            snoozedUntil?: string | null;
        };
        /** @description What was done with a ticket; never changed afterwards. */
        TicketEvent: {
            sequence: number;
            /** @enum {string} */
            kind: "opened" | "status" | "assigned" | "priority" | "topic" | "snoozed" | "woken" | "merged" | "absorbed" | "note" | "rated" | "reminded" | "announced" | "escalated" | "breached" | "bonus" | "banned" | "unbanned" | "reopened";
            by: {
                /** @enum {string} */
                kind: "agent" | "customer" | "clock" | "owner";
                id: string | null;
            };
            /** @enum {string} */
            source: "board" | "telegram" | "conversation" | "api" | "clock";
            details: Record<string, never>;
            /** Format: date-time */
            at: string;
        };
        /** @description What is absent takes its default. Business hours and holidays stand in the chat settings. */
        SupportSettings: {
            /** @description Whether what customers and visitors write becomes tickets; `true` when absent, as soon as Todoist is connected or these settings were put. */
            enabled?: boolean;
            /** @description What a customer may choose from. */
            topics?: {
                key: string;
                title: components["schemas"]["LocalTexts"];
                /** @description A label of the board; the key when absent. */
                label?: string;
                /** @description Whose such tickets are from the start. */
                assigneeId?: string | null;
                priority?: number;
            }[];
            /** @description Of business time; 60 when absent, `null` for no promise. */
            firstAnswerMinutes?: number | null;
            /** @description Of business time; 1440 when absent. */
            resolutionMinutes?: number | null;
            /** @description How long before a promise ends its agent is reminded; 10 when absent. */
            remindBeforeMinutes?: number;
            /** @description After so much business time a ticket that nobody took is announced again, and after twice as much escalated; 15 when absent. */
            unclaimedMinutes?: number | null;
            /** @description Who is told of what is escalated. */
            leadAgentId?: string | null;
            /** @description A customer who does not answer is reminded after so many days; 3 when absent. */
            reminderDays?: number | null;
            /** @description And the ticket is solved so many days after that; 4 when absent. */
            autoCloseDays?: number | null;
            /** @description A solved ticket is closed after so many days; 7 when absent. */
            reopenDays?: number;
            /** @description Of one customer; 5 when absent. */
            mostOpenTickets?: number;
            /** @description A comment that begins so stays among agents; `["//", "!"]` when absent. */
            notePrefixes?: string[];
            /**
             * @description `notes`: only comments that begin with `>>` are sent to the customer; `answers` when absent.
             * @enum {string}
             */
            commentsAre?: "answers" | "notes";
            /** @description Whether the customer is told who took the ticket; `true` when absent. */
            tellTaken?: boolean;
            /** @description The most that `/bonus` gives at once; "500" when absent, `null` switches it off. */
            bonusPerCommand?: string | null;
            /** @description And the most of one agent a day; "2000" when absent. */
            bonusPerAgentDay?: string | null;
            /** @description Canned answers; `/tpl name` in a comment sends one. Variables are `{name}`, `{balance}`, `{tier}`, `{ticket}`, `{agent}`, `{shop}` and `{referral_link}`. */
            answers?: {
                name: string;
                text: components["schemas"]["LocalTexts"];
            }[];
            /** @description On Monday morning to the owner in Telegram; `true` when absent. */
            weeklyReport?: boolean;
        };
        /** @description In business minutes. */
        Spread: {
            count: number;
            p50Minutes: number | null;
            p90Minutes: number | null;
        };
        SupportReport: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            opened: number;
            /** @description Those that are solved or closed by now. */
            solved: number;
            /** @description Those that came back once or more, whatever they are now. */
            reopened: number;
            /** @description The share of `solved` that came back before, from 0 to 1; null where none is solved. */
            reopenRate: number | null;
            firstAnswer: components["schemas"]["Spread"];
            resolution: components["schemas"]["Spread"];
            /** @description The share that was kept, from 0 to 1; null where none was due. */
            promises: {
                firstAnswerKept: number | null;
                resolutionKept: number | null;
            };
            rating: {
                count: number;
                average: number | null;
            };
            /** @description As it is now. */
            byStatus: {
                [key: string]: number;
            };
            /** @description Of those opened; `none` without one. */
            byTopic: {
                [key: string]: number;
            };
            agents: {
                agentId: string;
                name: string;
                /** @description Now. */
                open: number;
                taken: number;
                /** @description Messages. */
                answered: number;
                solved: number;
                reopened: number;
                reopenRate: number | null;
                firstAnswer: components["schemas"]["Spread"];
                resolution: components["schemas"]["Spread"];
                promisesKept: number | null;
                rating: number | null;
            }[];
        };
        Me: {
            participant: components["schemas"]["Participant"];
            /** @description Null for a visitor who has not proven who it is. */
            customer: components["schemas"]["Customer"] | null;
        };
        MyQuoteInput: {
            /** @description Gross, before bonuses. */
            amount: components["schemas"]["Amount"];
            items?: components["schemas"]["OrderItem"][];
        };
        MyRequest: {
            /** @description Null where nothing was asked yet. */
            request: {
                number: number;
                /** @enum {string} */
                status: "new" | "in-work" | "waiting" | "solved" | "closed";
                /** @description It was solved within a day, and has not been rated since. */
                asksForRating: boolean;
                score: number | null;
            } | null;
        };
        /** @enum {string} */
        Locale: "ru" | "en" | "kk";
        WidgetLook: {
            /** @description At the head of the panel; the project's name when absent. */
            title?: components["schemas"]["LocalTexts"] | null;
            /** @description The shop's; `#1f6feb` when absent. Where text on it could not be read, the widget darkens or lightens it. */
            colour?: string;
            /**
             * @description `auto` when absent: as the system of the shopper.
             * @enum {string}
             */
            theme?: "auto" | "light" | "dark";
            /**
             * @description `right` when absent.
             * @enum {string}
             */
            side?: "right" | "left";
            /** @description Shown above an empty conversation. */
            welcome?: components["schemas"]["LocalTexts"] | null;
            /** @description What is said by itself beside the bubble: the first that fits, each once a visit, and none after somebody has written. None when absent. */
            greetings?: {
                text: components["schemas"]["LocalTexts"];
                /** @description Of pages, with `*` for anything, such as `/catalog/*`. All when absent. */
                paths?: string[];
                /** @description On the page; 10 when absent. */
                afterSeconds?: number;
                /** @description Only within business hours; `false` when absent. */
                whenOpen?: boolean;
            }[];
            /** @description Asked of visitors before their first message. Not when absent. */
            preChat?: {
                fields: ("name" | "email" | "phone")[];
                /** @description `false` when absent: it can be passed over. */
                required?: boolean;
            } | null;
            /** @description Out of business hours a visitor is asked for a contact; `true` when absent. */
            offlineForm?: boolean;
            /** @description To be agreed to before the first message; nothing is asked when absent. */
            consent?: {
                text: components["schemas"]["LocalTexts"];
                /** @description The policy. */
                url?: string;
            } | null;
        };
        /**
         * @description How bonuses are spent in a cart whose shop cannot ask our API: `reservations` (the cart is given a discount under a code of ours, which the order brings back) or
         *     `promo-codes` (one-time codes that the shop has imported both here and there). `reservations` when absent.
         * @enum {string}
         */
        PageSpending: "reservations" | "promo-codes" | "off";
        Page: {
            /** @description Of the project. */
            name: string;
            locale: components["schemas"]["Locale"];
            currency: string;
            widget: components["schemas"]["WidgetLook"];
            chat: {
                /** @description Within business hours; true where there are none. */
                open: boolean;
                /**
                 * Format: date-time
                 * @description When that changes, if within a week.
                 */
                changesAt: string | null;
                requireIdentity: boolean;
                maxAttachmentBytes: number;
            };
            bonuses: {
                /** @description What an order earns whoever makes it, without tiers and rules. */
                percent: number;
                /** @description The most of an order that bonuses may pay. */
                maxSpendPercent: number;
                spending: components["schemas"]["PageSpending"];
                /** @description Of promo codes that are left, from the smallest; empty unless `spending` is `promo-codes`. */
                nominals: string[];
            };
            /** @description There is a bot, in which a shopper can prove who it is and go on. */
            telegram: boolean;
        };
        /** @description What is absent takes its default. */
        PageSettings: {
            widget?: components["schemas"]["WidgetLook"];
            spending?: components["schemas"]["PageSpending"];
        };
        MyHoldInput: {
            /** @description Absent where the shop gives the id only when the order is made, as Tilda does: then the hold has a `reservation`. */
            orderId?: components["schemas"]["OrderId"];
            storefront?: components["schemas"]["Storefront"];
            /** @description Bonuses to put aside. */
            amount: components["schemas"]["Amount"];
            /** @description Gross; needed where the program limits the share. */
            orderAmount?: components["schemas"]["Amount"];
            items?: components["schemas"]["OrderItem"][];
        };
        Clock: {
            /**
             * Format: date-time
             * @description What time the project has.
             */
            now: string;
            /** @description How far it is ahead of the real time. */
            offsetSeconds: number;
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
            /** @description Its clock can be moved forward. */
            sandbox: boolean;
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
            /** @description A project to try things on, whose clock can be moved (`/v1/sandbox/clock`). For good: `false` when absent. */
            sandbox?: boolean;
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
        /** @description The first frame, within five seconds. */
        HelloFrame: {
            /** @constant */
            type: "hello";
            /** @description Of this protocol; 1. */
            version: number;
            ticket: string;
            /** @description The same after a reload, so that presence does not flicker. */
            device?: string;
            /**
             * @description Agents may follow all conversations of the project; `own` when absent.
             * @enum {string}
             */
            follow?: "own" | "project";
            /** @description What the client has; it is sent what came after. */
            positions?: {
                conversationId: string;
                epoch: number;
                sequence: number;
            }[];
        };
        /** @description Say something; `ack` says that it is stored. */
        SendFrame: {
            /** @constant */
            type: "send";
            /** @description Of the request, chosen by the client. */
            id: number;
            clientId: components["schemas"]["ClientMessageId"];
            conversationId: string;
            text: components["schemas"]["MessageText"];
            replyTo?: string;
        };
        /** @description Change what you said. */
        EditFrame: {
            /** @constant */
            type: "edit";
            /** @description Of the request, chosen by the client. */
            id: number;
            conversationId: string;
            messageId: string;
            text: components["schemas"]["MessageText"];
        };
        /** @description Take back what you said. */
        DeleteFrame: {
            /** @constant */
            type: "delete";
            /** @description Of the request, chosen by the client. */
            id: number;
            conversationId: string;
            messageId: string;
        };
        /** @description Set a reaction or take it back. */
        ReactFrame: {
            /** @constant */
            type: "react";
            /** @description Of the request, chosen by the client. */
            id: number;
            conversationId: string;
            messageId: string;
            emoji: string;
            on: boolean;
        };
        /** @description For calls: handed to those who are there now, never stored. */
        SignalFrame: {
            /** @constant */
            type: "signal";
            /** @description Of the request, chosen by the client. */
            id: number;
            clientId: components["schemas"]["ClientMessageId"];
            conversationId: string;
            /** @description One participant; all others when absent. */
            to?: string;
            /** @description Up to 16 KB, handed on as it is. */
            data: {
                [key: string]: unknown;
            };
        };
        /** @description The client shows it for five seconds; say it again while it lasts. */
        TypingFrame: {
            /** @constant */
            type: "typing";
            conversationId: string;
        };
        /** @description Everything up to there has arrived. At most four times a second and conversation. */
        ReceivedFrame: {
            /** @constant */
            type: "received";
            conversationId: string;
            sequence: number;
        };
        /** @description Everything up to there was seen. */
        ReadFrame: {
            /** @constant */
            type: "read";
            conversationId: string;
            sequence: number;
        };
        /** @description Ask for what happened after a sequence. */
        SyncFrame: {
            /** @constant */
            type: "sync";
            /** @description Of the request, chosen by the client. */
            id: number;
            conversationId: string;
            after: number;
            upTo?: number;
            /** @description 100 when absent. */
            limit?: number;
        };
        /** @description The answer to `ping`. */
        PongFrame: {
            /** @constant */
            type: "pong";
            id: number;
        };
        /** @description The answer to `hello`. */
        WelcomeFrame: {
            /** @constant */
            type: "welcome";
            version: number;
            sessionId: string;
            participant: components["schemas"]["Participant"];
            /** @description A ping comes about that often; silence of twice that long means that the connection is dead. */
            pingMs: number;
            /** @description Where the caller takes part, the last active first, at most 200. What came after the positions of `hello` follows in `synced` frames without an id. */
            conversations: {
                conversationId: string;
                epoch: number;
                sequence: number;
                received: number;
                read: number;
            }[];
            credits: {
                capacity: number;
                remaining: number;
                refillMs: number;
            };
            limits: {
                frameBytes: number;
                framesPerMessage: number;
                textLength: number;
            };
        };
        /** @description It is stored, in this place. */
        AckFrame: {
            /** @constant */
            type: "ack";
            id: number;
            clientId?: string;
            conversationId: string;
            /** @description Null for a signal: it has none. */
            sequence: number | null;
            messageId: string | null;
            /** Format: date-time */
            at: string;
            /** @description It was stored before; this is its first place. */
            repeated: boolean;
        };
        /** @description It was refused and has no effect. */
        ErrorFrame: {
            /** @constant */
            type: "error";
            id: number | null;
            /** @description As in the problem documents. */
            code: string;
            message: string;
            /** @description The same may succeed later. */
            temporary: boolean;
            retryAfterMs?: number;
            /** @description Credits that are left. */
            remaining?: number;
        };
        /** @description What happened, of each conversation in the order of its sequences. One may come twice; the sequence tells. */
        EventsFrame: {
            /** @constant */
            type: "events";
            events: components["schemas"]["ConversationEvent"][];
        };
        /** @description The answer to `sync`, and to the positions of `hello`. */
        SyncedFrame: {
            /** @constant */
            type: "synced";
            id: number | null;
            sync: components["schemas"]["ConversationSync"];
        };
        /** @description How far somebody else is; only the latest counts. */
        ReceiptFrame: {
            /** @constant */
            type: "receipt";
            conversationId: string;
            participantId: string;
            received: number;
            read: number;
        };
        /** @description Who came and went, at most once a second. */
        PresenceFrame: {
            /** @constant */
            type: "presence";
            participants: {
                participantId: string;
                present: boolean;
            }[];
        };
        /** @description Somebody writes. */
        TypedFrame: {
            /** @constant */
            type: "typing";
            conversationId: string;
            participantId: string;
        };
        /** @description A signal of somebody else. */
        SignalledFrame: {
            /** @constant */
            type: "signal";
            conversationId: string;
            participantId: string;
            clientId: string;
            data: {
                [key: string]: unknown;
            };
        };
        /** @description What the server says by itself: not stored, not acknowledged, only the latest of each code. */
        NoticeFrame: {
            /** @constant */
            type: "notice";
            /** @enum {string} */
            code: "credit" | "overload" | "draining" | "settings";
            message: string;
            remaining?: number;
            retryAfterMs?: number;
        };
        /** @description Are you there, and have you everything? */
        PingFrame: {
            /** @constant */
            type: "ping";
            id: number;
            /** @description The last sequence of conversations that this client was told of; who has less asks with `sync`. */
            tops: {
                conversationId: string;
                epoch: number;
                sequence: number;
            }[];
        };
    };
    responses: {
        /** @description What went wrong, and what to change. */
        Problem: {
            headers: {
                /** @description Whether the same request may succeed later: `true` or `false`; when absent the status tells. With 409 it is always there. */
                "Tapline-Should-Retry"?: "true" | "false";
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
        LotId: string;
        /**
         * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
         *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
         *
         *     * The same key with another request is 422 `idempotency-key-reused`.
         *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
         *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
         *       larger than 256 KB.
         */
        IdempotencyKey: string;
        EntryId: string;
        MergeId: string;
        /** @description The shop's id of the order. */
        OrderId: string;
        /** @description Where it was made; `api` when absent. */
        Storefront: string;
        HoldId: string;
        InboxItemId: string;
        CheckpointId: string;
        EventId: string;
        EndpointId: string;
        DeliveryId: string;
        ReplayId: string;
        ConversationId: string;
        MessageId: string;
        /** @description One emoji, percent-encoded. */
        Emoji: string;
        ParticipantId: string;
        AttachmentId: string;
        AgentId: string;
        TicketId: string;
        ProjectId: string;
        /** @description The event's id, the same at every attempt. */
        WebhookIdHeader: string;
        /** @description Seconds since 1970, of this attempt. */
        WebhookTimestampHeader: string;
        /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
        WebhookSignatureHeader: string;
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
                "application/json": components["schemas"]["PurchaseAction"] | components["schemas"]["RegisterUserAction"] | components["schemas"]["SpendBonusesAction"] | components["schemas"]["RefundAction"] | components["schemas"]["BatchPurchaseAction"];
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
    eraseCustomer: {
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
            /** @description Erased. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** Format: date-time */
                        erasedAt: string;
                        /**
                         * @description Requests from before that could not be processed yet and are being tried again. They keep their contacts and will
                         *     make a new customer; 0 as a rule.
                         */
                        waitingItems: number;
                    };
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
    listLots: {
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
            /** @description The open lots. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Lot"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    activateLot: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                customerId: components["parameters"]["CustomerId"];
                lotId: components["parameters"]["LotId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Spendable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lot"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancelLot: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                customerId: components["parameters"]["CustomerId"];
                lotId: components["parameters"]["LotId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lot"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adjustBonuses: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": "500",
                 *       "reason": "Late delivery of order 1002",
                 *       "staff": "olga"
                 *     }
                 */
                "application/json": components["schemas"]["AdjustmentInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Adjustment"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    explainEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entryId: components["parameters"]["EntryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In sentences and as data. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    quoteOrder: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "customer": {
                 *         "email": "anna@example.com"
                 *       },
                 *       "amount": "4900.00",
                 *       "spend": "500"
                 *     }
                 */
                "application/json": components["schemas"]["QuoteInput"];
            };
        };
        responses: {
            /** @description The quote; nothing is stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportCustomer: {
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
            /** @description One document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerExport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    mergeCustomer: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The customer that is given up. */
                    from: string;
                    /** @description For those who read the list of merges. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Merged. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merge"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMerges: {
        parameters: {
            query?: {
                /** @description Only those that this customer was part of on either side. */
                customerId?: string;
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
                        data: components["schemas"]["Merge"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    undoMerge: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                mergeId: components["parameters"]["MergeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Undone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merge"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getOrder: {
        parameters: {
            query?: {
                /** @description Where it was made; `api` when absent. */
                storefront?: components["parameters"]["Storefront"];
            };
            header?: never;
            path: {
                /** @description The shop's id of the order. */
                orderId: components["parameters"]["OrderId"];
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
                storefront?: components["parameters"]["Storefront"];
            };
            header?: never;
            path: {
                /** @description The shop's id of the order. */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "paid",
                 *       "customer": {
                 *         "email": "anna@example.com"
                 *       },
                 *       "amount": "4900.00",
                 *       "items": [
                 *         {
                 *           "sku": "tea-1",
                 *           "quantity": 2,
                 *           "price": "2450"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["OrderState"];
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
    refundOrder: {
        parameters: {
            query?: {
                /** @description Where it was made; `api` when absent. */
                storefront?: components["parameters"]["Storefront"];
            };
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The shop's id of the order. */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefundInput"];
            };
        };
        responses: {
            /** @description What goes back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "customer": {
                 *         "email": "anna@example.com"
                 *       },
                 *       "orderId": "1002",
                 *       "amount": "500",
                 *       "orderAmount": "4900"
                 *     }
                 */
                "application/json": components["schemas"]["HoldInput"];
            };
        };
        responses: {
            /** @description Held. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hold. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    captureHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CaptureInput"];
            };
        };
        responses: {
            /** @description Captured; the rest is free again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    voidHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Free again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listReferrals: {
        parameters: {
            query?: {
                /** @description `review` when absent: those that look like a trick and wait for somebody. */
                state?: "accepted" | "qualified" | "review" | "rejected";
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
                        data: components["schemas"]["Referral"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    acceptReferral: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The friend's orders give what they would have given. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Referral"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    rejectReferral: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                customerId: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody gets anything for it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Referral"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAlerts: {
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
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Alert"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    confirmSandboxHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Confirmed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
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
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
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
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
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
    putTelegramOwner: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    telegramId: string | null;
                };
            };
        };
        responses: {
            /** @description The bot and who is told. */
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
    putTelegramAgentsGroup: {
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
                 *       "chatId": "-1001234567890"
                 *     }
                 */
                "application/json": {
                    /** @example -1001234567890 */
                    chatId: string | null;
                };
            };
        };
        responses: {
            /** @description The bot and its group. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "connected": true
                     *     }
                     */
                    "application/json": components["schemas"]["Telegram"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTelegramTexts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All texts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "standard": {
                     *         "welcome": {
                     *           "en": "Hello!"
                     *         }
                     *       },
                     *       "own": {}
                     *     }
                     */
                    "application/json": components["schemas"]["TelegramTexts"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putTelegramTexts: {
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
                 *       "own": {
                 *         "welcome": {
                 *           "en": "Welcome to our shop!"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    own: {
                        [key: string]: components["schemas"]["LocalTexts"];
                    };
                };
            };
        };
        responses: {
            /** @description All texts as they now are. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "standard": {
                     *         "welcome": {
                     *           "en": "Hello!"
                     *         }
                     *       },
                     *       "own": {}
                     *     }
                     */
                    "application/json": components["schemas"]["TelegramTexts"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTodoist: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The board and how it is, or that there is none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "connected": false
                     *     }
                     */
                    "application/json": components["schemas"]["Todoist"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putTodoist: {
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
                 *       "token": "0123456789abcdef0123456789abcdef01234567"
                 *     }
                 */
                "application/json": {
                    token?: string;
                    code?: string;
                    /** @description Support: and the name of the shop when absent. */
                    boardName?: string;
                };
            };
        };
        responses: {
            /** @description Connected; the board stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "connected": false
                     *     }
                     */
                    "application/json": components["schemas"]["Todoist"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteTodoist: {
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
    createTelegramLink: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "customer": {
                 *         "email": "anna@example.com"
                 *       }
                 *     }
                 */
                "application/json": {
                    customer?: components["schemas"]["CustomerRef"];
                };
            };
        };
        responses: {
            /** @description The link. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "https://t.me/demo_bot?start=l_Jd83kf02",
                     *       "code": "4821",
                     *       "claim": null,
                     *       "expiresAt": "2026-03-01T10:15:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["TelegramLink"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    receiveTelegramUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                botKey: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    receiveTodoistEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                type?: components["schemas"]["EventType"];
                customerId?: string;
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
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Event"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    triggerEvent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    type: components["schemas"]["EventType"];
                };
            };
        };
        responses: {
            /** @description The event, on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replayEvent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    endpointId?: string;
                };
            };
        };
        responses: {
            /** @description On their way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedEvent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    followEvents: {
        parameters: {
            query?: {
                /** @description `position` of the answer before. */
                after?: number;
                /** @description How long to wait when there is nothing; 0 when absent. */
                waitSeconds?: number;
                /** @description 50 when absent. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsSince"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWebhookEndpoints: {
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
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WebhookEndpoint"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointInput"];
            };
        };
        responses: {
            /** @description The endpoint and its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhookEndpoint"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointChange"];
            };
        };
        responses: {
            /** @description The endpoint as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                endpointId: components["parameters"]["EndpointId"];
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
                    "application/json": components["schemas"]["CreatedWebhookEndpoint"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    type?: components["schemas"]["EventType"];
                };
            };
        };
        responses: {
            /** @description On its way; ask `GET /v1/webhook-deliveries/{deliveryId}` what came of it. `webhook.test` when no type is named. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replayToWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayInput"];
            };
        };
        responses: {
            /** @description Begun; `GET /v1/webhook-replays/{replayId}` says how far it is. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                endpointId?: string;
                eventId?: string;
                status?: "waiting" | "held" | "delivered" | "failed";
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
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WebhookDelivery"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryWithAttempts"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                deliveryId: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description On its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWebhookReplays: {
        parameters: {
            query?: {
                endpointId?: string;
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
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Replay"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getWebhookReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                replayId: components["parameters"]["ReplayId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The replay. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createVisitorSession: {
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
                 *       "name": "Anna"
                 *     }
                 */
                "application/json": components["schemas"]["VisitorSessionInput"];
            };
        };
        responses: {
            /** @description A session of an hour. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "st_eyJ2IjoxfQ.bm90LWEtcmVhbC1vbmU",
                     *       "expiresAt": "2026-03-01T10:00:00.000Z",
                     *       "renewal": "sr_eyJ2IjoxfQ.bm90LWEtcmVhbC1vbmU",
                     *       "participant": {
                     *         "id": "par_01JD3Z8X5T0000000000000000",
                     *         "kind": "visitor",
                     *         "name": "Anna",
                     *         "customerId": null,
                     *         "agentId": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["VisitorSession"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createSocketTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "participantId": "par_01JD3Z8X5T0000000000000000"
                 *     }
                 */
                "application/json": {
                    /** @description Whom a backend speaks for; the bot of the project when absent. */
                    participantId?: string;
                };
            };
        };
        responses: {
            /** @description A ticket for one connection. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ticket": "eyJ2IjoxfQ.bm90LWEtcmVhbC1vbmU",
                     *       "url": "wss://bonuses.example.com/v1/socket",
                     *       "expiresAt": "2026-03-01T09:00:30.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SocketTicket"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listConversations: {
        parameters: {
            query?: {
                participantId?: string;
                customerId?: string;
                status?: "open" | "closed";
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
                        data: components["schemas"]["Conversation"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createConversation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "subject": "Order 1001: where is it?",
                 *       "participantIds": [
                 *         "par_01JD3Z8X5T0000000000000000"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ConversationInput"];
            };
        };
        responses: {
            /** @description Begun; the caller takes part in it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    updateConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    status?: "open" | "closed";
                    subject?: string | null;
                };
            };
        };
        responses: {
            /** @description As it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description 50 when absent. */
                limit?: components["parameters"]["Limit"];
                /** @description `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
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
                        data: components["schemas"]["Message"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "clientId": "0193644e-5c1f-7b7a-9d55-0a4f5f6d1c11",
                 *       "text": "Your order 1001 is on its way.",
                 *       "senderId": "par_01JD3Z8X5T0000000000000000"
                 *     }
                 */
                "application/json": components["schemas"]["MessageInput"];
            };
        };
        responses: {
            /** @description Stored, in its place in the conversation. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "msg_01JD3Z8X5T0000000000000000",
                     *       "sequence": 1,
                     *       "sender": {
                     *         "id": "par_01JD3Z8X5T0000000000000000",
                     *         "kind": "bot",
                     *         "name": "Order bot"
                     *       },
                     *       "clientId": "0193644e-5c1f-7b7a-9d55-0a4f5f6d1c11",
                     *       "text": "Your order 1001 is on its way.",
                     *       "attachment": null,
                     *       "replyTo": null,
                     *       "reactions": [],
                     *       "createdAt": "2026-03-01T09:00:00.000Z",
                     *       "editedAt": null,
                     *       "deletedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteMessage: {
        parameters: {
            query?: {
                /** @description Whom a backend speaks for, with its secret key. */
                senderId?: string;
            };
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                messageId: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its place, without text and file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    editMessage: {
        parameters: {
            query?: {
                /** @description Whom a backend speaks for, with its secret key. */
                senderId?: string;
            };
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                messageId: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: components["schemas"]["MessageText"];
                };
            };
        };
        responses: {
            /** @description As it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addReaction: {
        parameters: {
            query?: {
                /** @description Whom a backend speaks for, with its secret key. */
                senderId?: string;
            };
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                messageId: components["parameters"]["MessageId"];
                /** @description One emoji, percent-encoded. */
                emoji: components["parameters"]["Emoji"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeReaction: {
        parameters: {
            query?: {
                /** @description Whom a backend speaks for, with its secret key. */
                senderId?: string;
            };
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                messageId: components["parameters"]["MessageId"];
                /** @description One emoji, percent-encoded. */
                emoji: components["parameters"]["Emoji"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listConversationEvents: {
        parameters: {
            query: {
                afterSequence: number;
                /** @description For what `limited` left out: `previous` of the answer before. */
                upToSequence?: number;
                /** @description 50 when absent. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationSync"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listParticipants: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ConversationParticipant"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addParticipant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    participantId: string;
                };
            };
        };
        responses: {
            /** @description Takes part. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationParticipant"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeParticipant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                participantId: components["parameters"]["ParticipantId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No longer takes part. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    markRead: {
        parameters: {
            query?: {
                /** @description Whom a backend speaks for, with its secret key. */
                senderId?: string;
            };
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    sequence: number;
                };
            };
        };
        responses: {
            /** @description Noted; it never goes back. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    createAttachment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachmentInput"];
            };
        };
        responses: {
            /** @description Where to upload it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedAttachment"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                attachmentId: components["parameters"]["AttachmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attachment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    confirmAttachment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                conversationId: components["parameters"]["ConversationId"];
                attachmentId: components["parameters"]["AttachmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Checked; its message is in the conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    receiveStorageEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    Records?: ({
                        /** @example s3:ObjectCreated:Put */
                        eventName?: string;
                        s3?: {
                            bucket?: {
                                name?: string;
                            } & {
                                [key: string]: unknown;
                            };
                            object?: {
                                /** @description URL-encoded. */
                                key?: string;
                                size?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    })[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Looked at. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    uploadFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uploadToken: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Stored. Its message appears as soon as the file was found good; confirming tells what was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    downloadFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fileToken: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description The range that was asked for. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createParticipant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ParticipantInput"];
            };
        };
        responses: {
            /** @description The participant. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Participant"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getChatSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings, with all defaults. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatSettings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putChatSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatSettings"];
            };
        };
        responses: {
            /** @description As they now are; every process knows within two seconds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatSettings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listChatDeadLetters: {
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
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ChatDeadLetter"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    pushMessages: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageBatchInput"];
            };
        };
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many. */
                        queued: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAgents: {
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
                        data: components["schemas"]["Agent"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createAgent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentInput"];
            };
        };
        responses: {
            /** @description The agent, with its token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedAgent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed; what it said stays. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    updateAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentChange"];
            };
        };
        responses: {
            /** @description As it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    rotateAgentToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new token; the older one ends at once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedAgent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listTickets: {
        parameters: {
            query?: {
                status?: components["schemas"]["TicketStatus"];
                /** @description `none` for those that nobody took. */
                assigneeId?: string;
                conversationId?: string;
                customerId?: string;
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
            /** @description A page of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Ticket"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportTickets: {
        parameters: {
            query?: {
                /** @description Thirty days ago when absent. */
                from?: string;
                /** @description Now when absent. */
                to?: string;
                messages?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: components["parameters"]["TicketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ticket. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tic_01JD3Z8X5T0000000000000000",
                     *       "number": 7,
                     *       "conversationId": "cnv_01JD3Z8X5T0000000000000000",
                     *       "participantId": "par_01JD3Z8X5T0000000000000000",
                     *       "customerId": null,
                     *       "channel": "telegram",
                     *       "status": "new",
                     *       "topic": null,
                     *       "subject": "Where is my order?",
                     *       "priority": 1,
                     *       "assigneeId": null,
                     *       "openedAt": "2026-03-01T10:00:00.000Z",
                     *       "firstAnswerAt": null,
                     *       "firstAnswerDueAt": null,
                     *       "resolutionDueAt": null,
                     *       "solvedAt": null,
                     *       "closedAt": null,
                     *       "snoozedUntil": null,
                     *       "mergedInto": null,
                     *       "previousTicketId": null,
                     *       "reopens": 0,
                     *       "rating": null
                     *     }
                     */
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    updateTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: components["parameters"]["TicketId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "solved"
                 *     }
                 */
                "application/json": components["schemas"]["TicketChange"];
            };
        };
        responses: {
            /** @description As it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tic_01JD3Z8X5T0000000000000000",
                     *       "number": 7,
                     *       "conversationId": "cnv_01JD3Z8X5T0000000000000000",
                     *       "participantId": "par_01JD3Z8X5T0000000000000000",
                     *       "customerId": null,
                     *       "channel": "telegram",
                     *       "status": "new",
                     *       "topic": null,
                     *       "subject": "Where is my order?",
                     *       "priority": 1,
                     *       "assigneeId": null,
                     *       "openedAt": "2026-03-01T10:00:00.000Z",
                     *       "firstAnswerAt": null,
                     *       "firstAnswerDueAt": null,
                     *       "resolutionDueAt": null,
                     *       "solvedAt": null,
                     *       "closedAt": null,
                     *       "snoozedUntil": null,
                     *       "mergedInto": null,
                     *       "previousTicketId": null,
                     *       "reopens": 0,
                     *       "rating": null
                     *     }
                     */
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takeTicket: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                ticketId: components["parameters"]["TicketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is yours. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tic_01JD3Z8X5T0000000000000000",
                     *       "number": 7,
                     *       "conversationId": "cnv_01JD3Z8X5T0000000000000000",
                     *       "participantId": "par_01JD3Z8X5T0000000000000000",
                     *       "customerId": null,
                     *       "channel": "telegram",
                     *       "status": "new",
                     *       "topic": null,
                     *       "subject": "Where is my order?",
                     *       "priority": 1,
                     *       "assigneeId": null,
                     *       "openedAt": "2026-03-01T10:00:00.000Z",
                     *       "firstAnswerAt": null,
                     *       "firstAnswerDueAt": null,
                     *       "resolutionDueAt": null,
                     *       "solvedAt": null,
                     *       "closedAt": null,
                     *       "snoozedUntil": null,
                     *       "mergedInto": null,
                     *       "previousTicketId": null,
                     *       "reopens": 0,
                     *       "rating": null
                     *     }
                     */
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    mergeTicket: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                ticketId: components["parameters"]["TicketId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "into": "tic_01JD3Z8X5T0000000000000001"
                 *     }
                 */
                "application/json": {
                    into: string;
                };
            };
        };
        responses: {
            /** @description The other one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tic_01JD3Z8X5T0000000000000000",
                     *       "number": 7,
                     *       "conversationId": "cnv_01JD3Z8X5T0000000000000000",
                     *       "participantId": "par_01JD3Z8X5T0000000000000000",
                     *       "customerId": null,
                     *       "channel": "telegram",
                     *       "status": "new",
                     *       "topic": null,
                     *       "subject": "Where is my order?",
                     *       "priority": 1,
                     *       "assigneeId": null,
                     *       "openedAt": "2026-03-01T10:00:00.000Z",
                     *       "firstAnswerAt": null,
                     *       "firstAnswerDueAt": null,
                     *       "resolutionDueAt": null,
                     *       "solvedAt": null,
                     *       "closedAt": null,
                     *       "snoozedUntil": null,
                     *       "mergedInto": null,
                     *       "previousTicketId": null,
                     *       "reopens": 0,
                     *       "rating": null
                     *     }
                     */
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addTicketNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                ticketId: components["parameters"]["TicketId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Called the courier."
                 *     }
                 */
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Noted. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sequence": 1,
                     *       "kind": "opened",
                     *       "by": {
                     *         "kind": "customer",
                     *         "id": null
                     *       },
                     *       "source": "conversation",
                     *       "details": {},
                     *       "at": "2026-03-01T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["TicketEvent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTicketHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: components["parameters"]["TicketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "sequence": 1,
                     *           "kind": "opened",
                     *           "by": {
                     *             "kind": "customer",
                     *             "id": null
                     *           },
                     *           "source": "conversation",
                     *           "details": {},
                     *           "at": "2026-03-01T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TicketEvent"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSupportSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All settings with their defaults. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "firstAnswerMinutes": 60
                     *     }
                     */
                    "application/json": components["schemas"]["SupportSettings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putSupportSettings: {
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
                 *       "firstAnswerMinutes": 30,
                 *       "topics": [
                 *         {
                 *           "key": "delivery",
                 *           "title": {
                 *             "en": "Delivery"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SupportSettings"];
            };
        };
        responses: {
            /** @description All settings as they now are. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "firstAnswerMinutes": 60
                     *     }
                     */
                    "application/json": components["schemas"]["SupportSettings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSupportReport: {
        parameters: {
            query?: {
                /** @description Thirty days ago when absent. */
                from?: string;
                /** @description Now when absent. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures of the tickets opened in that time. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-02-01T00:00:00.000Z",
                     *       "to": "2026-03-01T00:00:00.000Z",
                     *       "opened": 0,
                     *       "solved": 0,
                     *       "reopened": 0,
                     *       "reopenRate": null,
                     *       "firstAnswer": {
                     *         "count": 0,
                     *         "p50Minutes": null,
                     *         "p90Minutes": null
                     *       },
                     *       "resolution": {
                     *         "count": 0,
                     *         "p50Minutes": null,
                     *         "p90Minutes": null
                     *       },
                     *       "promises": {
                     *         "firstAnswerKept": null,
                     *         "resolutionKept": null
                     *       },
                     *       "rating": {
                     *         "count": 0,
                     *         "average": null
                     *       },
                     *       "byStatus": {},
                     *       "byTopic": {},
                     *       "agents": []
                     *     }
                     */
                    "application/json": components["schemas"]["SupportReport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportSupportReport: {
        parameters: {
            query?: {
                /** @description Thirty days ago when absent. */
                from?: string;
                /** @description Now when absent. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    banParticipant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                participantId: components["parameters"]["ParticipantId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "spam"
                 *     }
                 */
                "application/json": {
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description Banned. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    unbanParticipant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                participantId: components["parameters"]["ParticipantId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not banned. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    updateMe: {
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
                 *       "name": "Anna",
                 *       "phone": "+7 701 000-00-00"
                 *     }
                 */
                "application/json": {
                    name?: string;
                    email?: string;
                    phone?: string;
                };
            };
        };
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyEntries: {
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
                        data: components["schemas"]["Entry"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    quoteMyOrder: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MyQuoteInput"];
            };
        };
        responses: {
            /** @description The quote; nothing is stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takeMyPromoCode: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "nominal": "500.00",
                 *       "orderAmount": "2400.00"
                 *     }
                 */
                "application/json": {
                    nominal: components["schemas"]["Amount"];
                    /** @description Gross; needed where the program limits the share. */
                    orderAmount?: components["schemas"]["Amount"];
                };
            };
        };
        responses: {
            /** @description The hold; its `reservation` is the code. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyRequest"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    rateMyRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "score": 5
                 *     }
                 */
                "application/json": {
                    score: number;
                    /** @description As it was when absent; null takes it back. */
                    comment?: string | null;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyRequest"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    countPromoCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By nominal, from the smallest. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            nominal: string;
                            free: number;
                            /** @description Held at this moment, or let go unused. */
                            given: number;
                            used: number;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    importPromoCodes: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "nominal": "500.00",
                 *       "codes": [
                 *         "K7QJX2",
                 *         "M4T9ZB"
                 *       ]
                 *     }
                 */
                "application/json": {
                    nominal: components["schemas"]["Amount"];
                    codes: string[];
                };
            };
        };
        responses: {
            /** @description What came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        added: number;
                        known: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPageSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings, with all defaults. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageSettings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putPageSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PageSettings"];
            };
        };
        responses: {
            /** @description As they now are; every process knows within two seconds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageSettings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createMyHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MyHoldInput"];
            };
        };
        responses: {
            /** @description Held; it awaits my confirmation where the shop wants one. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hold. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    voidMyHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                holdId: components["parameters"]["HoldId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Free again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSandboxClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The clock. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    moveSandboxClock: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe. The same request again with the same key gets the first answer, with `Idempotency-Replayed: true`, and has no second
                 *     effect. Bare or quoted (`"abc"` is `abc`), 1 to 255 visible ASCII characters, otherwise 400 `idempotency-key-invalid`. Kept for 24 hours per project.
                 *
                 *     * The same key with another request is 422 `idempotency-key-reused`.
                 *     * While the first one runs, 409 `request-in-progress` with `Retry-After`. One whose server died may be repeated after a minute.
                 *     * Only answers of 2xx are kept: a refusal had no effect and a fault is there to be tried again, so both free the key. Nor is an answer kept that holds a secret or is
                 *       larger than 256 KB.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Up to ten years. */
                    advanceSeconds?: number;
                    /** @description Of 24 hours; up to ten years. */
                    advanceDays?: number;
                    /**
                     * Format: date-time
                     * @description Later than the project's own time, otherwise 422 `clock-not-forward`.
                     */
                    to?: string;
                };
            };
        };
        responses: {
            /** @description The clock as it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
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
    onBonusAwarded: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BonusAwardedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBonusActivated: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BonusActivatedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBonusSpent: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BonusSpentEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBonusHeld: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BonusHeldEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBonusReleased: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BonusReleasedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onHoldExpired: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldExpiredEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBonusReversed: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BonusReversedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBonusRefunded: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BonusRefundedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBonusExpiring: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BonusExpiringEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBonusExpired: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BonusExpiredEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBonusAdjusted: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BonusAdjustedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onTierChanged: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TierChangedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onTierDowngrading: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TierDowngradingEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onReferralQualified: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReferralQualifiedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onReferralSuspected: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReferralSuspectedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onReservationDoubted: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReservationDoubtedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onLimitReached: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LimitReachedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCustomerCreated: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerCreatedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCustomerMerged: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerMergedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCustomerUnmerged: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerUnmergedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCustomerErased: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerErasedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onOrderRejected: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderRejectedEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBooksBroken: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BooksBrokenEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onEndpointFailing: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointFailingEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onEndpointDisabled: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointDisabledEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onEndpointRecovered: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointRecoveredEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onWebhookTest: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id, the same at every attempt. */
                "webhook-id": components["parameters"]["WebhookIdHeader"];
                /** @description Seconds since 1970, of this attempt. */
                "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
                /** @description One `v1,…` for each live secret of the endpoint, separated by blanks. */
                "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookTestEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again; 410 switches the endpoint off. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
