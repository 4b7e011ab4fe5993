BEGIN TRANSACTION;
CREATE TABLE "abbreviation" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "short" TEXT NOT NULL DEFAULT '',
    "long" TEXT NOT NULL DEFAULT '',
    PRIMARY KEY ("id")
) STRICT;
INSERT INTO "abbreviation" VALUES('a1','2026-02-25T06:13:39Z',NULL,'tc','tài chính');
CREATE TABLE "agenda_item" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "meeting" TEXT REFERENCES "meeting"("id"),
    "position" REAL NOT NULL DEFAULT 0.0,
    "title" TEXT NOT NULL DEFAULT '',
    "presenter" TEXT NOT NULL DEFAULT '',
    "minutes" INTEGER,
    PRIMARY KEY ("id")
) STRICT;
CREATE TABLE "attendance" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "meeting" TEXT REFERENCES "meeting"("id"),
    "person" TEXT REFERENCES "person"("id"),
    "unit" TEXT REFERENCES "unit"("id"),
    "name" TEXT NOT NULL DEFAULT '',
    "role" TEXT NOT NULL DEFAULT 'member',
    "status" TEXT NOT NULL DEFAULT 'invited',
    "substitute" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "position" REAL NOT NULL DEFAULT 0.0,
    PRIMARY KEY ("id")
) STRICT;
CREATE TABLE change (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        tbl TEXT NOT NULL,
        row TEXT NOT NULL,
        col TEXT NOT NULL,
        val ANY,
        hlc INTEGER NOT NULL,
        device TEXT NOT NULL,
        base TEXT
    ) STRICT;
INSERT INTO "change" VALUES(1,'unit','u1','created_at','2026-02-25T06:13:20Z',117670702495825920,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(2,'unit','u1','name','Sở Tài chính',117670702495825920,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(3,'unit','u1','abbr','STC',117670702495825920,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(4,'unit','u1','type','so_ban_nganh',117670702495825920,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(5,'unit','u1','aliases','Sở TC',117670702495825920,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(6,'unit','u2','created_at','2026-02-25T06:13:21Z',117670702495825921,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(7,'unit','u2','name','Sở Xây dựng',117670702495825921,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(8,'unit','u2','abbr','SXD',117670702495825921,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(9,'person','p1','created_at','2026-02-25T06:13:22Z',117670702495825922,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(10,'person','p1','name','Trần Duy Đông',117670702495825922,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(11,'post','o1','created_at','2026-02-25T06:13:23Z',117670702495891456,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(12,'post','o1','person','p1',117670702495891456,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(13,'post','o1','unit','u1',117670702495891456,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(14,'post','o1','title','Giám đốc',117670702495891456,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(15,'post','o1','starts_on','2026-01-01',117670702495891456,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(16,'meeting','m1','created_at','2026-02-25T06:13:24Z',117670702495956992,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(17,'meeting','m1','title','Phiên họp tháng 2',117670702495956992,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(18,'meeting','m1','chair','p1',117670702495956992,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(19,'meeting','m1','starts_at','2026-02-27T07:00:00Z',117670702495956992,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(20,'followup','f1','created_at','2026-02-25T06:13:25Z',117670702496022528,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(21,'followup','f1','meeting','m1',117670702496022528,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(22,'followup','f1','work','Rà soát 14 dự án',117670702496022528,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(23,'followup','f1','lead','u1',117670702496022528,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(24,'followup','f1','coordinating','u2',117670702496022528,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(25,'followup','f1','due','2026-03-15',117670702496022528,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(26,'followup','f1','inclusive',0,117670702496022528,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(27,'followup','f1','due_text','trước ngày 15/3/2026',117670702496022528,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(28,'followup','f1','product','báo cáo',117670702496022528,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(29,'followup','f1','anchor',X'0001FF',117670702496022528,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(30,'followup','f2','created_at','2026-02-25T06:13:26Z',117670702496153600,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(31,'followup','f2','work','Đã bỏ',117670702496153600,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(32,'followup','f2','deleted_at','2026-02-25T06:13:27Z',117670702496219136,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(33,'followup_source','s1','created_at','2026-02-25T06:13:28Z',117670702496284672,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(34,'followup_source','s1','followup','f1',117670702496284672,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(35,'followup_source','s1','kind','notice',117670702496284672,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(36,'followup_source','s1','number','12/TB-UBND',117670702496284672,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(37,'followup_event','e1','*',NULL,117670702496284673,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(38,'followup_event','e2','*',NULL,117670702496415744,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(39,'text','m1','created_at','2026-02-25T06:13:31Z',117670702496481280,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(40,'text_update','019c936e-6ac8-72fa-b882-59d1c148582a','*',NULL,117670702496481281,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(41,'text_update','019c936e-7680-746c-b880-d357309f2767','*',NULL,117670702496612352,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(42,'unit','u1','abbr','TC',117670702496743424,'0123456789abcdef','117670702495825920.0123456789abcdef');
INSERT INTO "change" VALUES(43,'setting','short','created_at','2026-02-25T06:13:38Z',117670702496743425,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(44,'setting','short','value','x',117670702496743425,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(45,'abbreviation','a1','created_at','2026-02-25T06:13:39Z',117670702496808960,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(46,'abbreviation','a1','short','tc',117670702496808960,'0123456789abcdef',NULL);
INSERT INTO "change" VALUES(47,'abbreviation','a1','long','tài chính',117670702496808960,'0123456789abcdef',NULL);
CREATE TABLE clock (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        hlc INTEGER NOT NULL DEFAULT 0,
        device TEXT NOT NULL,
        applying INTEGER NOT NULL DEFAULT 0,
        pushed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
INSERT INTO "clock" VALUES(1,117670702496808960,'0123456789abcdef',0,0);
CREATE TABLE "followup" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "meeting" TEXT REFERENCES "meeting"("id"),
    "work" TEXT NOT NULL DEFAULT '',
    "lead" TEXT REFERENCES "unit"("id"),
    "coordinating" TEXT NOT NULL DEFAULT '',
    "due" TEXT,
    "due_time" TEXT,
    "inclusive" INTEGER NOT NULL DEFAULT 1,
    "due_text" TEXT NOT NULL DEFAULT '',
    "accountable" TEXT NOT NULL DEFAULT '',
    "monitor" TEXT NOT NULL DEFAULT '',
    "product" TEXT NOT NULL DEFAULT '',
    "authority" TEXT NOT NULL DEFAULT '',
    "anchor" BLOB,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    PRIMARY KEY ("id")
) STRICT;
INSERT INTO "followup" VALUES('f1','2026-02-25T06:13:25Z',NULL,'m1','Rà soát 14 dự án','u1','u2','2026-03-15',NULL,0,'trước ngày 15/3/2026','','','báo cáo','',X'0001FF','done');
INSERT INTO "followup" VALUES('f2','2026-02-25T06:13:26Z','2026-02-25T06:13:27Z',NULL,'Đã bỏ',NULL,'',NULL,NULL,1,'','','','','',NULL,'proposed');
CREATE TABLE "followup_event" (
    "seq" INTEGER PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "followup" TEXT REFERENCES "followup"("id"),
    "kind" TEXT NOT NULL DEFAULT 'proposed',
    "at" TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    UNIQUE ("id")
) STRICT;
INSERT INTO "followup_event" VALUES(1,'e1','2026-02-25T06:13:29Z','f1','assigned','2026-02-27T09:00:00Z','','');
INSERT INTO "followup_event" VALUES(2,'e2','2026-02-25T06:13:30Z','f1','done','2026-03-10T09:00:00Z','','Đúng hạn');
CREATE TABLE "followup_source" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "followup" TEXT REFERENCES "followup"("id"),
    "kind" TEXT NOT NULL DEFAULT 'meeting',
    "meeting" TEXT REFERENCES "meeting"("id"),
    "number" TEXT NOT NULL DEFAULT '',
    "issued_on" TEXT,
    "issuer" TEXT NOT NULL DEFAULT '',
    "excerpt" TEXT NOT NULL DEFAULT '',
    PRIMARY KEY ("id")
) STRICT;
INSERT INTO "followup_source" VALUES('s1','2026-02-25T06:13:28Z',NULL,'f1','notice',NULL,'12/TB-UBND',NULL,'','');
CREATE TABLE local_setting (
        id TEXT PRIMARY KEY NOT NULL,
        value TEXT NOT NULL
    ) STRICT;
CREATE TABLE "meeting" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "title" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT 'working',
    "series" TEXT REFERENCES "series"("id"),
    "host" TEXT REFERENCES "unit"("id"),
    "chair" TEXT REFERENCES "person"("id"),
    "place" TEXT NOT NULL DEFAULT '',
    "starts_at" TEXT NOT NULL DEFAULT '',
    "ends_at" TEXT,
    "opened_at" TEXT,
    "closed_at" TEXT,
    "secrecy" TEXT NOT NULL DEFAULT '',
    "urgency" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    PRIMARY KEY ("id")
) STRICT;
INSERT INTO "meeting" VALUES('m1','2026-02-25T06:13:24Z',NULL,'Phiên họp tháng 2','working',NULL,NULL,'p1','','2026-02-27T07:00:00Z',NULL,NULL,NULL,'','','');
CREATE TABLE "person" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "name" TEXT NOT NULL DEFAULT '',
    "phone" TEXT NOT NULL DEFAULT '',
    "email" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    PRIMARY KEY ("id")
) STRICT;
INSERT INTO "person" VALUES('p1','2026-02-25T06:13:22Z',NULL,'Trần Duy Đông','','','');
CREATE TABLE "post" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "person" TEXT REFERENCES "person"("id"),
    "unit" TEXT REFERENCES "unit"("id"),
    "title" TEXT NOT NULL DEFAULT '',
    "starts_on" TEXT,
    "ends_on" TEXT,
    PRIMARY KEY ("id")
) STRICT;
INSERT INTO "post" VALUES('o1','2026-02-25T06:13:23Z',NULL,'p1','u1','Giám đốc','2026-01-01',NULL);
CREATE TABLE replacing (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        now INTEGER NOT NULL
    ) STRICT;
CREATE TABLE "series" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "title" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT 'regular',
    "rule" TEXT NOT NULL DEFAULT '',
    "host" TEXT REFERENCES "unit"("id"),
    "chair" TEXT REFERENCES "person"("id"),
    "place" TEXT NOT NULL DEFAULT '',
    "time" TEXT NOT NULL DEFAULT '',
    PRIMARY KEY ("id")
) STRICT;
CREATE TABLE "setting" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "value" TEXT NOT NULL DEFAULT '',
    PRIMARY KEY ("id")
) STRICT;
INSERT INTO "setting" VALUES('short','2026-02-25T06:13:38Z',NULL,'x');
CREATE TABLE "text" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "owner" TEXT NOT NULL DEFAULT 'meeting',
    "plain" TEXT NOT NULL DEFAULT '',
    "updated_at" TEXT,
    "plain_upto" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("id")
) STRICT;
INSERT INTO "text" VALUES('m1','2026-02-25T06:13:31Z',NULL,'meeting','# Mục một
! Sở Tài chính rà soát 14 dự án
','2026-02-25T06:13:35Z',2);
CREATE TABLE "text_update" (
    "seq" INTEGER PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "text" TEXT REFERENCES "text"("id"),
    "data" BLOB NOT NULL DEFAULT x'',
    UNIQUE ("id")
) STRICT;
INSERT INTO "text_update" VALUES(1,'019c936e-6ac8-72fa-b882-59d1c148582a','2026-02-25T06:13:34Z','m1',X'6C6F726F00000000000000000000000009E537C5000477000B000B011001FEDCFB8827A00AE2010100000000000901D8E1AAB00D0001000B02040100000204010200042214313632383830303730393430303131393632383607617574686F72730474657874001101040303000202040003030B050303010A00130502416E0E23204DE1BBA563206DE1BB99740A');
INSERT INTO "text_update" VALUES(2,'019c936e-7680-746c-b880-d357309f2767','2026-02-25T06:13:37Z','m1',X'6C6F726F000000000000000000000000680069DC00046A0B200B20011101FEDCFB8827A00AE200010100000000000901D8E1AAB00D00010006010401020000050474657874000E0104020100020114020105020120002A29212053E1BB9F2054C3A069206368C3AD6E682072C3A020736FC3A1742031342064E1BBB120C3A16E0A');
CREATE TABLE "unit" (
    "id" TEXT NOT NULL DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    "deleted_at" TEXT,
    "name" TEXT NOT NULL DEFAULT '',
    "abbr" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL DEFAULT '',
    "parent" TEXT REFERENCES "unit"("id"),
    "aliases" TEXT NOT NULL DEFAULT '',
    PRIMARY KEY ("id")
) STRICT;
INSERT INTO "unit" VALUES('u1','2026-02-25T06:13:20Z',NULL,'Sở Tài chính','TC','so_ban_nganh',NULL,'Sở TC');
INSERT INTO "unit" VALUES('u2','2026-02-25T06:13:21Z',NULL,'Sở Xây dựng','SXD','',NULL,'');
CREATE INDEX change_cell ON change (row, col, hlc, device, tbl);
CREATE INDEX "unit_parent" ON "unit" ("parent");
CREATE INDEX "post_person" ON "post" ("person");
CREATE INDEX "post_unit" ON "post" ("unit");
CREATE INDEX "meeting_starts_at" ON "meeting" ("starts_at");
CREATE INDEX "meeting_series" ON "meeting" ("series");
CREATE INDEX "agenda_item_meeting" ON "agenda_item" ("meeting");
CREATE INDEX "attendance_meeting" ON "attendance" ("meeting");
CREATE INDEX "attendance_person" ON "attendance" ("person");
CREATE INDEX "followup_meeting" ON "followup" ("meeting");
CREATE INDEX "followup_due" ON "followup" ("due");
CREATE INDEX "followup_source_followup" ON "followup_source" ("followup");
CREATE INDEX "followup_event_followup" ON "followup_event" ("followup");
CREATE INDEX "text_update_text" ON "text_update" ("text");
CREATE TRIGGER "unit_replace" BEFORE INSERT ON "unit"
WHEN EXISTS (SELECT 1 FROM "unit" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "unit_replaced" AFTER INSERT ON "unit" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "unit_insert" AFTER INSERT ON "unit" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'unit', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'unit' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'name' AS col, NEW."name" AS val, '' AS old
        UNION ALL SELECT 'abbr' AS col, NEW."abbr" AS val, '' AS old
        UNION ALL SELECT 'type' AS col, NEW."type" AS val, '' AS old
        UNION ALL SELECT 'parent' AS col, NEW."parent" AS val, NULL AS old
        UNION ALL SELECT 'aliases' AS col, NEW."aliases" AS val, '' AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'unit' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "unit_update" AFTER UPDATE ON "unit" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."name" IS NOT OLD."name" OR NEW."abbr" IS NOT OLD."abbr" OR NEW."type" IS NOT OLD."type" OR NEW."parent" IS NOT OLD."parent" OR NEW."aliases" IS NOT OLD."aliases") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'unit', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'unit' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'name' AS col, NEW."name" AS val, OLD."name" AS old
        UNION ALL SELECT 'abbr' AS col, NEW."abbr" AS val, OLD."abbr" AS old
        UNION ALL SELECT 'type' AS col, NEW."type" AS val, OLD."type" AS old
        UNION ALL SELECT 'parent' AS col, NEW."parent" AS val, OLD."parent" AS old
        UNION ALL SELECT 'aliases' AS col, NEW."aliases" AS val, OLD."aliases" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "unit_id" BEFORE UPDATE OF id ON "unit"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "unit_delete" BEFORE DELETE ON "unit" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "unit" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "person_replace" BEFORE INSERT ON "person"
WHEN EXISTS (SELECT 1 FROM "person" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "person_replaced" AFTER INSERT ON "person" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "person_insert" AFTER INSERT ON "person" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'person', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'person' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'name' AS col, NEW."name" AS val, '' AS old
        UNION ALL SELECT 'phone' AS col, NEW."phone" AS val, '' AS old
        UNION ALL SELECT 'email' AS col, NEW."email" AS val, '' AS old
        UNION ALL SELECT 'note' AS col, NEW."note" AS val, '' AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'person' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "person_update" AFTER UPDATE ON "person" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."name" IS NOT OLD."name" OR NEW."phone" IS NOT OLD."phone" OR NEW."email" IS NOT OLD."email" OR NEW."note" IS NOT OLD."note") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'person', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'person' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'name' AS col, NEW."name" AS val, OLD."name" AS old
        UNION ALL SELECT 'phone' AS col, NEW."phone" AS val, OLD."phone" AS old
        UNION ALL SELECT 'email' AS col, NEW."email" AS val, OLD."email" AS old
        UNION ALL SELECT 'note' AS col, NEW."note" AS val, OLD."note" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "person_id" BEFORE UPDATE OF id ON "person"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "person_delete" BEFORE DELETE ON "person" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "person" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "post_replace" BEFORE INSERT ON "post"
WHEN EXISTS (SELECT 1 FROM "post" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "post_replaced" AFTER INSERT ON "post" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "post_insert" AFTER INSERT ON "post" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'post', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'post' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'person' AS col, NEW."person" AS val, NULL AS old
        UNION ALL SELECT 'unit' AS col, NEW."unit" AS val, NULL AS old
        UNION ALL SELECT 'title' AS col, NEW."title" AS val, '' AS old
        UNION ALL SELECT 'starts_on' AS col, NEW."starts_on" AS val, NULL AS old
        UNION ALL SELECT 'ends_on' AS col, NEW."ends_on" AS val, NULL AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'post' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "post_update" AFTER UPDATE ON "post" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."person" IS NOT OLD."person" OR NEW."unit" IS NOT OLD."unit" OR NEW."title" IS NOT OLD."title" OR NEW."starts_on" IS NOT OLD."starts_on" OR NEW."ends_on" IS NOT OLD."ends_on") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'post', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'post' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'person' AS col, NEW."person" AS val, OLD."person" AS old
        UNION ALL SELECT 'unit' AS col, NEW."unit" AS val, OLD."unit" AS old
        UNION ALL SELECT 'title' AS col, NEW."title" AS val, OLD."title" AS old
        UNION ALL SELECT 'starts_on' AS col, NEW."starts_on" AS val, OLD."starts_on" AS old
        UNION ALL SELECT 'ends_on' AS col, NEW."ends_on" AS val, OLD."ends_on" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "post_id" BEFORE UPDATE OF id ON "post"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "post_delete" BEFORE DELETE ON "post" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "post" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "series_replace" BEFORE INSERT ON "series"
WHEN EXISTS (SELECT 1 FROM "series" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "series_replaced" AFTER INSERT ON "series" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "series_insert" AFTER INSERT ON "series" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'series', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'series' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'title' AS col, NEW."title" AS val, '' AS old
        UNION ALL SELECT 'kind' AS col, NEW."kind" AS val, 'regular' AS old
        UNION ALL SELECT 'rule' AS col, NEW."rule" AS val, '' AS old
        UNION ALL SELECT 'host' AS col, NEW."host" AS val, NULL AS old
        UNION ALL SELECT 'chair' AS col, NEW."chair" AS val, NULL AS old
        UNION ALL SELECT 'place' AS col, NEW."place" AS val, '' AS old
        UNION ALL SELECT 'time' AS col, NEW."time" AS val, '' AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'series' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "series_update" AFTER UPDATE ON "series" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."title" IS NOT OLD."title" OR NEW."kind" IS NOT OLD."kind" OR NEW."rule" IS NOT OLD."rule" OR NEW."host" IS NOT OLD."host" OR NEW."chair" IS NOT OLD."chair" OR NEW."place" IS NOT OLD."place" OR NEW."time" IS NOT OLD."time") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'series', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'series' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'title' AS col, NEW."title" AS val, OLD."title" AS old
        UNION ALL SELECT 'kind' AS col, NEW."kind" AS val, OLD."kind" AS old
        UNION ALL SELECT 'rule' AS col, NEW."rule" AS val, OLD."rule" AS old
        UNION ALL SELECT 'host' AS col, NEW."host" AS val, OLD."host" AS old
        UNION ALL SELECT 'chair' AS col, NEW."chair" AS val, OLD."chair" AS old
        UNION ALL SELECT 'place' AS col, NEW."place" AS val, OLD."place" AS old
        UNION ALL SELECT 'time' AS col, NEW."time" AS val, OLD."time" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "series_id" BEFORE UPDATE OF id ON "series"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "series_delete" BEFORE DELETE ON "series" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "series" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "meeting_replace" BEFORE INSERT ON "meeting"
WHEN EXISTS (SELECT 1 FROM "meeting" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "meeting_replaced" AFTER INSERT ON "meeting" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "meeting_insert" AFTER INSERT ON "meeting" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'meeting', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'meeting' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'title' AS col, NEW."title" AS val, '' AS old
        UNION ALL SELECT 'kind' AS col, NEW."kind" AS val, 'working' AS old
        UNION ALL SELECT 'series' AS col, NEW."series" AS val, NULL AS old
        UNION ALL SELECT 'host' AS col, NEW."host" AS val, NULL AS old
        UNION ALL SELECT 'chair' AS col, NEW."chair" AS val, NULL AS old
        UNION ALL SELECT 'place' AS col, NEW."place" AS val, '' AS old
        UNION ALL SELECT 'starts_at' AS col, NEW."starts_at" AS val, '' AS old
        UNION ALL SELECT 'ends_at' AS col, NEW."ends_at" AS val, NULL AS old
        UNION ALL SELECT 'opened_at' AS col, NEW."opened_at" AS val, NULL AS old
        UNION ALL SELECT 'closed_at' AS col, NEW."closed_at" AS val, NULL AS old
        UNION ALL SELECT 'secrecy' AS col, NEW."secrecy" AS val, '' AS old
        UNION ALL SELECT 'urgency' AS col, NEW."urgency" AS val, '' AS old
        UNION ALL SELECT 'note' AS col, NEW."note" AS val, '' AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'meeting' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "meeting_update" AFTER UPDATE ON "meeting" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."title" IS NOT OLD."title" OR NEW."kind" IS NOT OLD."kind" OR NEW."series" IS NOT OLD."series" OR NEW."host" IS NOT OLD."host" OR NEW."chair" IS NOT OLD."chair" OR NEW."place" IS NOT OLD."place" OR NEW."starts_at" IS NOT OLD."starts_at" OR NEW."ends_at" IS NOT OLD."ends_at" OR NEW."opened_at" IS NOT OLD."opened_at" OR NEW."closed_at" IS NOT OLD."closed_at" OR NEW."secrecy" IS NOT OLD."secrecy" OR NEW."urgency" IS NOT OLD."urgency" OR NEW."note" IS NOT OLD."note") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'meeting', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'meeting' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'title' AS col, NEW."title" AS val, OLD."title" AS old
        UNION ALL SELECT 'kind' AS col, NEW."kind" AS val, OLD."kind" AS old
        UNION ALL SELECT 'series' AS col, NEW."series" AS val, OLD."series" AS old
        UNION ALL SELECT 'host' AS col, NEW."host" AS val, OLD."host" AS old
        UNION ALL SELECT 'chair' AS col, NEW."chair" AS val, OLD."chair" AS old
        UNION ALL SELECT 'place' AS col, NEW."place" AS val, OLD."place" AS old
        UNION ALL SELECT 'starts_at' AS col, NEW."starts_at" AS val, OLD."starts_at" AS old
        UNION ALL SELECT 'ends_at' AS col, NEW."ends_at" AS val, OLD."ends_at" AS old
        UNION ALL SELECT 'opened_at' AS col, NEW."opened_at" AS val, OLD."opened_at" AS old
        UNION ALL SELECT 'closed_at' AS col, NEW."closed_at" AS val, OLD."closed_at" AS old
        UNION ALL SELECT 'secrecy' AS col, NEW."secrecy" AS val, OLD."secrecy" AS old
        UNION ALL SELECT 'urgency' AS col, NEW."urgency" AS val, OLD."urgency" AS old
        UNION ALL SELECT 'note' AS col, NEW."note" AS val, OLD."note" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "meeting_id" BEFORE UPDATE OF id ON "meeting"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "meeting_delete" BEFORE DELETE ON "meeting" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "meeting" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "agenda_item_replace" BEFORE INSERT ON "agenda_item"
WHEN EXISTS (SELECT 1 FROM "agenda_item" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "agenda_item_replaced" AFTER INSERT ON "agenda_item" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "agenda_item_insert" AFTER INSERT ON "agenda_item" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'agenda_item', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'agenda_item' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'meeting' AS col, NEW."meeting" AS val, NULL AS old
        UNION ALL SELECT 'position' AS col, NEW."position" AS val, 0.0 AS old
        UNION ALL SELECT 'title' AS col, NEW."title" AS val, '' AS old
        UNION ALL SELECT 'presenter' AS col, NEW."presenter" AS val, '' AS old
        UNION ALL SELECT 'minutes' AS col, NEW."minutes" AS val, NULL AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'agenda_item' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "agenda_item_update" AFTER UPDATE ON "agenda_item" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."meeting" IS NOT OLD."meeting" OR NEW."position" IS NOT OLD."position" OR NEW."title" IS NOT OLD."title" OR NEW."presenter" IS NOT OLD."presenter" OR NEW."minutes" IS NOT OLD."minutes") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'agenda_item', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'agenda_item' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'meeting' AS col, NEW."meeting" AS val, OLD."meeting" AS old
        UNION ALL SELECT 'position' AS col, NEW."position" AS val, OLD."position" AS old
        UNION ALL SELECT 'title' AS col, NEW."title" AS val, OLD."title" AS old
        UNION ALL SELECT 'presenter' AS col, NEW."presenter" AS val, OLD."presenter" AS old
        UNION ALL SELECT 'minutes' AS col, NEW."minutes" AS val, OLD."minutes" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "agenda_item_id" BEFORE UPDATE OF id ON "agenda_item"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "agenda_item_delete" BEFORE DELETE ON "agenda_item" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "agenda_item" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "attendance_replace" BEFORE INSERT ON "attendance"
WHEN EXISTS (SELECT 1 FROM "attendance" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "attendance_replaced" AFTER INSERT ON "attendance" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "attendance_insert" AFTER INSERT ON "attendance" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'attendance', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'attendance' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'meeting' AS col, NEW."meeting" AS val, NULL AS old
        UNION ALL SELECT 'person' AS col, NEW."person" AS val, NULL AS old
        UNION ALL SELECT 'unit' AS col, NEW."unit" AS val, NULL AS old
        UNION ALL SELECT 'name' AS col, NEW."name" AS val, '' AS old
        UNION ALL SELECT 'role' AS col, NEW."role" AS val, 'member' AS old
        UNION ALL SELECT 'status' AS col, NEW."status" AS val, 'invited' AS old
        UNION ALL SELECT 'substitute' AS col, NEW."substitute" AS val, '' AS old
        UNION ALL SELECT 'note' AS col, NEW."note" AS val, '' AS old
        UNION ALL SELECT 'position' AS col, NEW."position" AS val, 0.0 AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'attendance' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "attendance_update" AFTER UPDATE ON "attendance" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."meeting" IS NOT OLD."meeting" OR NEW."person" IS NOT OLD."person" OR NEW."unit" IS NOT OLD."unit" OR NEW."name" IS NOT OLD."name" OR NEW."role" IS NOT OLD."role" OR NEW."status" IS NOT OLD."status" OR NEW."substitute" IS NOT OLD."substitute" OR NEW."note" IS NOT OLD."note" OR NEW."position" IS NOT OLD."position") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'attendance', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'attendance' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'meeting' AS col, NEW."meeting" AS val, OLD."meeting" AS old
        UNION ALL SELECT 'person' AS col, NEW."person" AS val, OLD."person" AS old
        UNION ALL SELECT 'unit' AS col, NEW."unit" AS val, OLD."unit" AS old
        UNION ALL SELECT 'name' AS col, NEW."name" AS val, OLD."name" AS old
        UNION ALL SELECT 'role' AS col, NEW."role" AS val, OLD."role" AS old
        UNION ALL SELECT 'status' AS col, NEW."status" AS val, OLD."status" AS old
        UNION ALL SELECT 'substitute' AS col, NEW."substitute" AS val, OLD."substitute" AS old
        UNION ALL SELECT 'note' AS col, NEW."note" AS val, OLD."note" AS old
        UNION ALL SELECT 'position' AS col, NEW."position" AS val, OLD."position" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "attendance_id" BEFORE UPDATE OF id ON "attendance"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "attendance_delete" BEFORE DELETE ON "attendance" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "attendance" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "followup_replace" BEFORE INSERT ON "followup"
WHEN EXISTS (SELECT 1 FROM "followup" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "followup_replaced" AFTER INSERT ON "followup" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "followup_insert" AFTER INSERT ON "followup" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'followup', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'followup' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'meeting' AS col, NEW."meeting" AS val, NULL AS old
        UNION ALL SELECT 'work' AS col, NEW."work" AS val, '' AS old
        UNION ALL SELECT 'lead' AS col, NEW."lead" AS val, NULL AS old
        UNION ALL SELECT 'coordinating' AS col, NEW."coordinating" AS val, '' AS old
        UNION ALL SELECT 'due' AS col, NEW."due" AS val, NULL AS old
        UNION ALL SELECT 'due_time' AS col, NEW."due_time" AS val, NULL AS old
        UNION ALL SELECT 'inclusive' AS col, NEW."inclusive" AS val, 1 AS old
        UNION ALL SELECT 'due_text' AS col, NEW."due_text" AS val, '' AS old
        UNION ALL SELECT 'accountable' AS col, NEW."accountable" AS val, '' AS old
        UNION ALL SELECT 'monitor' AS col, NEW."monitor" AS val, '' AS old
        UNION ALL SELECT 'product' AS col, NEW."product" AS val, '' AS old
        UNION ALL SELECT 'authority' AS col, NEW."authority" AS val, '' AS old
        UNION ALL SELECT 'anchor' AS col, NEW."anchor" AS val, NULL AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'followup' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "followup_update" AFTER UPDATE ON "followup" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."meeting" IS NOT OLD."meeting" OR NEW."work" IS NOT OLD."work" OR NEW."lead" IS NOT OLD."lead" OR NEW."coordinating" IS NOT OLD."coordinating" OR NEW."due" IS NOT OLD."due" OR NEW."due_time" IS NOT OLD."due_time" OR NEW."inclusive" IS NOT OLD."inclusive" OR NEW."due_text" IS NOT OLD."due_text" OR NEW."accountable" IS NOT OLD."accountable" OR NEW."monitor" IS NOT OLD."monitor" OR NEW."product" IS NOT OLD."product" OR NEW."authority" IS NOT OLD."authority" OR NEW."anchor" IS NOT OLD."anchor") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'followup', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'followup' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'meeting' AS col, NEW."meeting" AS val, OLD."meeting" AS old
        UNION ALL SELECT 'work' AS col, NEW."work" AS val, OLD."work" AS old
        UNION ALL SELECT 'lead' AS col, NEW."lead" AS val, OLD."lead" AS old
        UNION ALL SELECT 'coordinating' AS col, NEW."coordinating" AS val, OLD."coordinating" AS old
        UNION ALL SELECT 'due' AS col, NEW."due" AS val, OLD."due" AS old
        UNION ALL SELECT 'due_time' AS col, NEW."due_time" AS val, OLD."due_time" AS old
        UNION ALL SELECT 'inclusive' AS col, NEW."inclusive" AS val, OLD."inclusive" AS old
        UNION ALL SELECT 'due_text' AS col, NEW."due_text" AS val, OLD."due_text" AS old
        UNION ALL SELECT 'accountable' AS col, NEW."accountable" AS val, OLD."accountable" AS old
        UNION ALL SELECT 'monitor' AS col, NEW."monitor" AS val, OLD."monitor" AS old
        UNION ALL SELECT 'product' AS col, NEW."product" AS val, OLD."product" AS old
        UNION ALL SELECT 'authority' AS col, NEW."authority" AS val, OLD."authority" AS old
        UNION ALL SELECT 'anchor' AS col, NEW."anchor" AS val, OLD."anchor" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "followup_id" BEFORE UPDATE OF id ON "followup"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "followup_delete" BEFORE DELETE ON "followup" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "followup" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "followup_source_replace" BEFORE INSERT ON "followup_source"
WHEN EXISTS (SELECT 1 FROM "followup_source" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "followup_source_replaced" AFTER INSERT ON "followup_source" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "followup_source_insert" AFTER INSERT ON "followup_source" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'followup_source', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'followup_source' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'followup' AS col, NEW."followup" AS val, NULL AS old
        UNION ALL SELECT 'kind' AS col, NEW."kind" AS val, 'meeting' AS old
        UNION ALL SELECT 'meeting' AS col, NEW."meeting" AS val, NULL AS old
        UNION ALL SELECT 'number' AS col, NEW."number" AS val, '' AS old
        UNION ALL SELECT 'issued_on' AS col, NEW."issued_on" AS val, NULL AS old
        UNION ALL SELECT 'issuer' AS col, NEW."issuer" AS val, '' AS old
        UNION ALL SELECT 'excerpt' AS col, NEW."excerpt" AS val, '' AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'followup_source' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "followup_source_update" AFTER UPDATE ON "followup_source" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."followup" IS NOT OLD."followup" OR NEW."kind" IS NOT OLD."kind" OR NEW."meeting" IS NOT OLD."meeting" OR NEW."number" IS NOT OLD."number" OR NEW."issued_on" IS NOT OLD."issued_on" OR NEW."issuer" IS NOT OLD."issuer" OR NEW."excerpt" IS NOT OLD."excerpt") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'followup_source', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'followup_source' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'followup' AS col, NEW."followup" AS val, OLD."followup" AS old
        UNION ALL SELECT 'kind' AS col, NEW."kind" AS val, OLD."kind" AS old
        UNION ALL SELECT 'meeting' AS col, NEW."meeting" AS val, OLD."meeting" AS old
        UNION ALL SELECT 'number' AS col, NEW."number" AS val, OLD."number" AS old
        UNION ALL SELECT 'issued_on' AS col, NEW."issued_on" AS val, OLD."issued_on" AS old
        UNION ALL SELECT 'issuer' AS col, NEW."issuer" AS val, OLD."issuer" AS old
        UNION ALL SELECT 'excerpt' AS col, NEW."excerpt" AS val, OLD."excerpt" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "followup_source_id" BEFORE UPDATE OF id ON "followup_source"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "followup_source_delete" BEFORE DELETE ON "followup_source" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "followup_source" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "followup_event_replace" BEFORE INSERT ON "followup_event"
WHEN EXISTS (SELECT 1 FROM "followup_event" WHERE id = NEW.id OR seq = NEW.seq) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
    SELECT RAISE(ABORT, 'thuky: rows of followup_event are written once') WHERE (SELECT now FROM replacing) IS 1;
END;
CREATE TRIGGER "followup_event_insert" AFTER INSERT ON "followup_event" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'followup_event', NEW.id, '*', NULL, hlc, device, NULL FROM clock;
END;
CREATE TRIGGER "followup_event_update" BEFORE UPDATE ON "followup_event" BEGIN
    SELECT RAISE(ABORT, 'thuky: rows of followup_event are written once');
END;
CREATE TRIGGER "followup_event_delete" BEFORE DELETE ON "followup_event" WHEN (SELECT applying FROM clock) = 0 BEGIN
    SELECT RAISE(ABORT, 'thuky: rows of followup_event are written once');
END;
CREATE TRIGGER "text_replace" BEFORE INSERT ON "text"
WHEN EXISTS (SELECT 1 FROM "text" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "text_replaced" AFTER INSERT ON "text" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "text_insert" AFTER INSERT ON "text" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'text', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'text' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'owner' AS col, NEW."owner" AS val, 'meeting' AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'text' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "text_update" AFTER UPDATE ON "text" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."owner" IS NOT OLD."owner") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'text', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'text' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'owner' AS col, NEW."owner" AS val, OLD."owner" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "text_id" BEFORE UPDATE OF id ON "text"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "text_delete" BEFORE DELETE ON "text" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "text" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "text_update_replace" BEFORE INSERT ON "text_update"
WHEN EXISTS (SELECT 1 FROM "text_update" WHERE id = NEW.id OR seq = NEW.seq) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
    SELECT RAISE(ABORT, 'thuky: rows of text_update are written once') WHERE (SELECT now FROM replacing) IS 1;
END;
CREATE TRIGGER "text_update_insert" AFTER INSERT ON "text_update" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'text_update', NEW.id, '*', NULL, hlc, device, NULL FROM clock;
END;
CREATE TRIGGER "text_update_update" BEFORE UPDATE ON "text_update" BEGIN
    SELECT RAISE(ABORT, 'thuky: rows of text_update are written once');
END;
CREATE TRIGGER "text_update_delete" BEFORE DELETE ON "text_update" WHEN (SELECT applying FROM clock) = 0 BEGIN
    SELECT RAISE(ABORT, 'thuky: rows of text_update are written once');
END;
CREATE TRIGGER "abbreviation_replace" BEFORE INSERT ON "abbreviation"
WHEN EXISTS (SELECT 1 FROM "abbreviation" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "abbreviation_replaced" AFTER INSERT ON "abbreviation" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "abbreviation_insert" AFTER INSERT ON "abbreviation" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'abbreviation', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'abbreviation' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'short' AS col, NEW."short" AS val, '' AS old
        UNION ALL SELECT 'long' AS col, NEW."long" AS val, '' AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'abbreviation' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "abbreviation_update" AFTER UPDATE ON "abbreviation" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."short" IS NOT OLD."short" OR NEW."long" IS NOT OLD."long") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'abbreviation', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'abbreviation' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'short' AS col, NEW."short" AS val, OLD."short" AS old
        UNION ALL SELECT 'long' AS col, NEW."long" AS val, OLD."long" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "abbreviation_id" BEFORE UPDATE OF id ON "abbreviation"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "abbreviation_delete" BEFORE DELETE ON "abbreviation" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "abbreviation" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "setting_replace" BEFORE INSERT ON "setting"
WHEN EXISTS (SELECT 1 FROM "setting" WHERE id = NEW.id) BEGIN
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 0);
    INSERT OR IGNORE INTO replacing (id, now) VALUES (1, 1);
END;
CREATE TRIGGER "setting_replaced" AFTER INSERT ON "setting" WHEN (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE replacing SET now = 0;
END;
CREATE TRIGGER "setting_insert" AFTER INSERT ON "setting" WHEN (SELECT applying FROM clock) = 0 BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'setting', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'setting' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, '' AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, NULL AS old
        UNION ALL SELECT 'value' AS col, NEW."value" AS val, '' AS old
    ) v WHERE v.val IS NOT coalesce((SELECT p.val FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'setting' ORDER BY p.hlc DESC, p.device DESC LIMIT 1), v.old);
END;
CREATE TRIGGER "setting_update" AFTER UPDATE ON "setting" WHEN (SELECT applying FROM clock) = 0 AND (NEW."created_at" IS NOT OLD."created_at" OR NEW."deleted_at" IS NOT OLD."deleted_at" OR NEW."value" IS NOT OLD."value") BEGIN
    UPDATE clock SET hlc = max(hlc + 1, CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) << 16);
    INSERT INTO change (tbl, row, col, val, hlc, device, base)
    SELECT 'setting', NEW.id, v.col, v.val, c.hlc, c.device,
        (SELECT p.hlc || '.' || p.device FROM change p WHERE p.row = NEW.id AND p.col = v.col AND p.tbl = 'setting' ORDER BY p.hlc DESC, p.device DESC LIMIT 1)
    FROM clock c, (
        SELECT 'created_at' AS col, NEW."created_at" AS val, OLD."created_at" AS old
        UNION ALL SELECT 'deleted_at' AS col, NEW."deleted_at" AS val, OLD."deleted_at" AS old
        UNION ALL SELECT 'value' AS col, NEW."value" AS val, OLD."value" AS old
    ) v WHERE v.val IS NOT v.old;
END;
CREATE TRIGGER "setting_id" BEFORE UPDATE OF id ON "setting"
WHEN NEW.id IS NOT OLD.id BEGIN
    SELECT RAISE(ABORT, 'thuky: an id never changes');
END;
CREATE TRIGGER "setting_delete" BEFORE DELETE ON "setting" WHEN NOT (SELECT now FROM replacing) IS 1 BEGIN
    UPDATE "setting" SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = OLD.id AND deleted_at IS NULL;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER "followup_event_state" AFTER INSERT ON followup_event BEGIN
    UPDATE followup SET state = coalesce((
        SELECT CASE kind WHEN 'proposed' THEN 'proposed' WHEN 'assigned' THEN 'assigned' WHEN 'started' THEN 'in_progress' WHEN 'submitted' THEN 'submitted' WHEN 'returned' THEN 'in_progress' WHEN 'done' THEN 'done' WHEN 'paused' THEN 'paused' WHEN 'refused' THEN 'refused' WHEN 'cancelled' THEN 'cancelled' WHEN 'reopened' THEN 'in_progress' END FROM followup_event
        WHERE followup = NEW.followup AND kind IN ('proposed', 'assigned', 'started', 'submitted', 'returned', 'done', 'paused', 'refused', 'cancelled', 'reopened') ORDER BY at DESC, id DESC LIMIT 1
    ), 'proposed') WHERE id = NEW.followup;
END;
CREATE TRIGGER "followup_state" AFTER INSERT ON followup BEGIN
    UPDATE followup SET state = coalesce((
        SELECT CASE kind WHEN 'proposed' THEN 'proposed' WHEN 'assigned' THEN 'assigned' WHEN 'started' THEN 'in_progress' WHEN 'submitted' THEN 'submitted' WHEN 'returned' THEN 'in_progress' WHEN 'done' THEN 'done' WHEN 'paused' THEN 'paused' WHEN 'refused' THEN 'refused' WHEN 'cancelled' THEN 'cancelled' WHEN 'reopened' THEN 'in_progress' END FROM followup_event
        WHERE followup = NEW.id AND kind IN ('proposed', 'assigned', 'started', 'submitted', 'returned', 'done', 'paused', 'refused', 'cancelled', 'reopened') ORDER BY at DESC, id DESC LIMIT 1
    ), 'proposed') WHERE id = NEW.id;
END;
CREATE TRIGGER "followup_state_update" BEFORE UPDATE OF state ON followup
WHEN NEW.state IS NOT coalesce((
        SELECT CASE kind WHEN 'proposed' THEN 'proposed' WHEN 'assigned' THEN 'assigned' WHEN 'started' THEN 'in_progress' WHEN 'submitted' THEN 'submitted' WHEN 'returned' THEN 'in_progress' WHEN 'done' THEN 'done' WHEN 'paused' THEN 'paused' WHEN 'refused' THEN 'refused' WHEN 'cancelled' THEN 'cancelled' WHEN 'reopened' THEN 'in_progress' END FROM followup_event
        WHERE followup = NEW.id AND kind IN ('proposed', 'assigned', 'started', 'submitted', 'returned', 'done', 'paused', 'refused', 'cancelled', 'reopened') ORDER BY at DESC, id DESC LIMIT 1
    ), 'proposed') BEGIN
    SELECT RAISE(ABORT, 'thuky: a state follows from followup_event; insert an event');
END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('change',47);
INSERT INTO "sqlite_sequence" VALUES('followup_event',2);
INSERT INTO "sqlite_sequence" VALUES('text_update',2);
COMMIT;
PRAGMA application_id = 1416131915;
PRAGMA user_version = 1;
