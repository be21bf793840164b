package import Records

/// What findings and failures of copy stores say.
package enum CopyTexts {
    private static func text(
        _ vietnamese: String, _ remedyVi: String, _ english: String, _ remedyEn: String
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedyVi), en: .init(english, remedyEn))
    }

    package static let all: [FindingCode: FindingText] = [
        .copyStoreAway: text(
            "kho bản sao không có mặt hoặc không trả lời: {at} ({detail})",
            "gắn ổ đĩa hoặc nối lại mạng, rồi chạy luutru store sync",
            "the store is away or does not answer: {at} ({detail})",
            "mount the disk or mend the network, then run luutru store sync"),
        .copyStoreRefused: text(
            "máy chủ của kho bản sao từ chối tài khoản, hoặc tệp tài khoản không dùng được: {at} ({detail})",
            "kiểm tra tệp credentials: {file} (hai dòng, chmod 600), quyền của tài khoản và đồng hồ máy, rồi chạy luutru store sync",
            "the server of the store refuses the account, or the file of the account cannot be used: {at} ({detail})",
            "look at the credentials: file {file} (two lines, chmod 600), the rights of the account and the clock of this machine, then run luutru store sync"
        ),
        .copyStoreOther: text(
            "ở {at} không phải kho bản sao đã đăng ký: thấy {found}, chờ {expected}",
            "gắn đúng ổ đĩa; không có gì được ghi vào ổ này",
            "at {at} stands another store than the one registered: found {found}, expected {expected}",
            "mount the right disk; nothing was written to this one"),
        .copyStoreFull: text(
            "kho bản sao hết chỗ: {at} ({detail})",
            "thêm dung lượng, hoặc luutru store add một kho khác rồi luutru store retire --to",
            "the store has no room left: {at} ({detail})",
            "give it more room, or luutru store add another one and luutru store retire --to it"),
        .copyRefused: text(
            "kho bản sao từ chối: {at} ({detail})",
            "xem quyền của tài khoản và khóa đối tượng của thùng, rồi chạy lại",
            "the store refuses this: {at} ({detail})",
            "look at the rights of the account and the object lock of the bucket, then run this again"
        ),
        .copyStoreAhead: text(
            "kho bản sao ở {at} biết nhiều hơn kho chính, hoặc điều khác: {detail}",
            "không ghi gì nữa; tìm xem máy nào ghi sau cùng, xem docs/operations.md, mục kho bản sao",
            "the store at {at} knows more than the primary one, or something else: {detail}",
            "write nothing; find out which machine wrote last, see docs/operations.md, copies"),
        .copySourceDamaged: text(
            "hồ sơ trong kho chính bị hỏng ({detail}) nên không sao sang {store}",
            "chạy luutru audit run, rồi sửa hồ sơ từ một bản sao còn tốt",
            "the dossier is damaged in the primary store ({detail}), so it was not copied to {store}",
            "run luutru audit run, then mend the dossier from a good copy"),
        .copyDifferent: text(
            "trong {store}, ở chỗ của hồ sơ là một thứ khác với điều sổ cái ghi",
            "chạy luutru audit run --store {store} để biết hỏng ở đâu",
            "in {store} something else stands in the dossier's place than the ledger says",
            "run luutru audit run --store {store} to see what is damaged"),
        .copyDamaged: text(
            "mục này đã biết là hỏng trong {store}, nay là kho chính",
            "chạy luutru repair --all khi các kho bản sao khác đang gắn",
            "this is known to be damaged in {store}, which is the primary store now",
            "run luutru repair --all while the other stores are mounted"),
        .copyLast: text(
            "bản lành cuối cùng đã biết của mục này nằm trong {store}",
            "để {store} lại; chạy luutru repair --all để sửa các kho khác, rồi ngừng lại; kho ấy đã mất thì tìm bản sao lưu, bản xuất",
            "the last good copy of this that is known lies in {store}",
            "keep {store}; run luutru repair --all, which mends the other stores, then retire it again; where it is lost, look for backups and exports"
        ),
        .copyNoneGood: text(
            "mọi bản đã biết của hồ sơ đều hỏng, cả trong {store}; các bản hỏng ở những chỗ khác nhau sửa được cho nhau",
            "giữ mọi kho lại; chạy luutru repair --all trước, khi các kho đang gắn; lệnh ấy báo không còn bản lành thì tìm bản sao lưu, bản xuất, rồi mới tự tay bỏ dòng của một kho khỏi stores:",
            "every known copy of the dossier is damaged, the one in {store} too; copies that are damaged at different places mend each other",
            "keep all stores; run luutru repair --all first, while they are mounted; where it says that no good copy is left, look for backups and exports, and only then take a store's line out of stores: by hand"
        ),
        .copiesFewer: text(
            "không có kho này thì {count} hồ sơ thiếu bản sao theo copies: (nay {before})",
            "luutru store add thêm kho, rồi luutru store sync",
            "without this store {count} dossiers are short of the copies that copies: asks for (now {before})",
            "luutru store add another store, then luutru store sync"
        ),
        .copyMissing: text(
            "{store} đã xác nhận giữ hồ sơ này nhưng nay không có",
            "chạy luutru audit run --store {store}, rồi luutru repair",
            "{store} gave its word for this dossier, and it is not there now",
            "run luutru audit run --store {store}, then luutru repair"),
        .copyFileWrong: text(
            "tệp trong {store} thiếu hoặc không đúng mã băm ghi trong sổ cái",
            "chạy luutru audit run --store {store}, rồi luutru repair --all",
            "the file in {store} is missing or does not have the digest in the ledger",
            "run luutru audit run --store {store}, then luutru repair --all"
        ),
        .copyLedgerBack: text(
            "bản sao {store} lùi về trước: sổ cái ở đó có {found} mục, đã từng chép đến {expected}",
            "tìm xem ổ đĩa có bị đổi, xóa hay khôi phục từ bản cũ không; rồi luutru store sync {store}, lệnh này xem lại mọi hồ sơ và chép phần thiếu",
            "the copy {store} went back: its ledger has {found} entries and was brought to {expected} before",
            "find out whether the disk was exchanged, wiped or restored from an older one; then luutru store sync {store}, which looks at every dossier again and takes what is missing"
        ),
        .copyUnfinished: text(
            "lần chép trước bị dừng: {store} chưa có trọn hồ sơ này và chưa xác nhận giữ nó, nên không tính là bản sao",
            "chạy luutru store sync {store} để chép nốt",
            "a sync was cut short: {store} does not have this dossier whole and never gave its word for it, so it counts for nothing",
            "run luutru store sync {store}, which finishes it"),
        .copyRootWrong: text(
            "kho bản sao ở {at} còn thẻ store.json nhưng gốc OCFL mất, không vào được, hoặc một thư mục của kho là thứ khác: {found}",
            "kiểm tra ổ đĩa và quyền truy cập; rồi luutru audit run --store {store} và luutru repair --all, hoặc luutru store retire {store} và thêm kho ở chỗ trống. Không có gì được chép vào đó",
            "the store at {at} has its card, but its OCFL root is gone or cannot be entered, or a folder of it is something else: {found}",
            "look at the disk and its permissions; then luutru audit run --store {store} and luutru repair --all, or luutru store retire {store} and add an empty place. Nothing was copied into it"
        ),
        .copyOverlaid: text(
            "trong kho két, một phiên bản hoặc dấu xóa lạ nằm trên tệp này: {mark}",
            "bản được khóa bên dưới vẫn nguyên; chạy luutru audit run, rồi luutru repair --all; tìm ai đã ghi và đổi khóa truy cập",
            "a strange version or delete marker lies above this file of the vault: {mark}",
            "the locked version below is intact; run luutru audit run, then luutru repair --all; find out who wrote it and change the access key"
        ),
        .vaultOpen: text(
            "kho két để xóa một phiên bản đang khóa",
            "bật object lock kiểu COMPLIANCE cho thùng này, rồi luutru store sync",
            "the vault let a locked version be removed",
            "turn on object lock in COMPLIANCE mode for the bucket, then luutru store sync"),
        .vaultUnlocked: text(
            "phiên bản trong kho két không khóa, hoặc khóa ngắn hơn yêu cầu: {until}",
            "chạy luutru store sync để gia hạn khóa",
            "the version in the vault is not locked, or not for as long as asked: {until}",
            "run luutru store sync, which prolongs locks"),
        .copiesShort: text(
            "thiếu bản sao: {copies} bản, {media} loại vật mang, {places} địa điểm",
            "chạy luutru store sync, hoặc luutru store add thêm kho",
            "short of copies: {copies}, of media: {media}, of places: {places}",
            "run luutru store sync, or luutru store add another store"),
    ]

    package static let failures: [String: FindingText] = [
        "LT-ARCHIVE-STORE-AHEAD": text(
            "kho bản sao “{subject}” ({at}) biết nhiều hơn kho chính, hoặc điều khác ({detail}): không ghi gì",
            "máy này có thể là bản khôi phục cũ; tìm máy ghi sau cùng, hoặc luutru store promote {subject} --reason …; chỉ store.json hay sổ cái của kho ấy sai thì luutru store retire {subject} --reason …; một thùng s3:// không lên làm kho chính được, xem docs/van-hanh.md, mục mất kho chính",
            "the store “{subject}” ({at}) knows more than the primary one, or something else ({detail}): nothing is written",
            "this machine may be an old restoration; find the one that wrote last, or luutru store promote {subject} --reason …; where only store.json or the ledger there is wrong, luutru store retire {subject} --reason …; a bucket s3:// cannot be promoted, see docs/operations.md, stores that keep copies"
        ),
        "LT-ARCHIVE-STORE-PLACE": text(
            "trong kho chính {subject}, ở chỗ của thư mục là một thứ khác ({found}); không ghi gì",
            "bỏ liên kết hay tệp ấy và đặt lại chính thư mục, hoặc gắn (mount) ổ đĩa vào đó; rồi luutru audit run",
            "in the primary store {subject} something else stands in a folder's place ({found}); nothing is written",
            "take that link or file away and put the folder itself back, or mount a disk there; then luutru audit run"
        ),
        "LT-STORE-IS-PRIMARY": text(
            "một dòng của stores: trong luutru.yaml, tên “{subject}” ({at}), chính là kho chính: một bản sẽ bị đếm là hai",
            "bỏ dòng ấy khỏi stores:, hoặc để store: như cũ rồi chạy luutru store promote {subject} --reason …",
            "a line of stores: in luutru.yaml, named “{subject}” ({at}), is the primary store itself: one copy would count as two",
            "take that line out of stores:, or put store: back as it was and run luutru store promote {subject} --reason …"
        ),
        "LT-STORE-BUCKET": text(
            "kho bản sao “{subject}” nằm trong thùng {at}: một thùng không làm kho chính được",
            "chọn một kho bản sao trong thư mục; chỉ còn thùng thì chép nó về một thư mục rồi đưa thư mục ấy lên, xem docs/van-hanh.md, mục mất kho chính",
            "the store “{subject}” is the bucket {at}: a bucket cannot be the primary store",
            "choose a store in a folder; where only the bucket is left, copy it into a folder and promote that one, see docs/operations.md, stores that keep copies"
        ),
        "LT-STORE-BUCKET-AHEAD": text(
            "thùng “{bucket}” ({at}) biết nhiều hơn kho bản sao “{subject}”, hoặc điều khác (mục sổ cái: {lacking}); chưa đổi gì",
            "kho chính còn thì luutru store sync {subject}; đã mất thì chép phần còn thiếu từ thùng về thư mục của {subject}, trừ store.json, rồi chạy lại: xem docs/van-hanh.md, mục mất kho chính",
            "the bucket “{bucket}” ({at}) knows more than the store “{subject}”, or something else (ledger entries: {lacking}); nothing was changed",
            "where the primary store is there, luutru store sync {subject}; where it is lost, copy what is missing from the bucket into the folder of {subject}, without store.json, and run this again: see docs/operations.md, stores that keep copies"
        ),
        "LT-STORE-UNKNOWN": text(
            "không có kho bản sao tên “{subject}”{nearest}", "xem luutru store list",
            "there is no store named “{subject}”{nearest}", "see luutru store list"),
        "LT-STORE-NAME": text(
            "“{subject}” không dùng làm tên kho bản sao được, hoặc đã có",
            "đặt tên khác: chữ a-z, số và gạch nối, bắt đầu bằng chữ, 1 đến 40 ký tự, không phải “chinh”",
            "“{subject}” cannot be the name of a store, or is taken",
            "choose another: a-z, digits and hyphens, a letter first, 1 to 40 characters, not “chinh”"
        ),
        "LT-STORE-ADDRESS": text(
            "không đặt kho bản sao ở “{subject}” được",
            "nêu một thư mục ngoài kho và ngoài các kho bản sao khác; với s3://thùng/tiền-tố cần --endpoint và --credentials; --role vault và --lock-days chỉ dùng với s3://",
            "no store can be at “{subject}”",
            "name a folder outside the archive and its other stores; s3://bucket/prefix needs --endpoint and --credentials; --role vault and --lock-days go with s3:// alone"
        ),
        "LT-STORE-NOT-EMPTY": text(
            "“{subject}” đã chứa thứ khác, nằm trong một kho khác, hoặc là kho không nối tiếp được với kho này",
            "chọn thư mục rỗng hoặc chưa có, ngoài mọi kho khác",
            "“{subject}” holds something else, lies inside another store or archive, or is a store that does not follow this archive",
            "choose a folder that is empty or not there yet, outside every other store"),
        "LT-STORE-INCOMPLETE": text(
            "kho bản sao “{subject}” còn thiếu ({what}: {lacking}{names})",
            "chạy luutru store sync {subject} trước; vẫn thiếu hồ sơ (ocfl) thì luutru audit run --store {subject}, rồi luutru repair --all; nếu kho chính đã mất, chọn kho bản sao có sổ cái dài nhất",
            "the store “{subject}” is not complete ({what}: {lacking}{names})",
            "run luutru store sync {subject} first; where dossiers (ocfl) are still missing, luutru audit run --store {subject}, then luutru repair --all; where the primary store is lost, choose the store with the longest ledger"
        ),
        "LT-AUDIT-REPORT": text(
            "{subject} không phải báo cáo kiểm tra dùng được ({detail}); chưa ghi gì",
            "lấy lại báo cáo từ máy đã đọc: cùng kho lưu trữ, mỗi phần một lần, cùng số phần",
            "{subject} is no report of an audit that can be taken ({detail}); nothing was entered",
            "fetch it again from the machine that read: the same archive, each part once, equally many parts"
        ),
        "LT-STORE-NOT-THERE": text(
            "kho bản sao “{subject}” không có mặt", "gắn ổ đĩa hoặc nối lại mạng rồi chạy lại",
            "the store “{subject}” is not there",
            "mount the disk or mend the network and run this again"),
        "LT-STORE-COPY-AWAY": text(
            "không tới được kho bản sao {subject} {detail}",
            "gắn ổ đĩa hoặc nối lại mạng rồi chạy lại",
            "the store at {subject} cannot be reached {detail}",
            "mount the disk or mend the network and run this again"),
        "LT-STORE-COPY-REFUSED": text(
            "máy chủ của {subject} từ chối tài khoản: {detail}",
            "kiểm tra tệp tài khoản và quyền của nó",
            "the server of {subject} refuses the account: {detail}",
            "check the credentials' file and its rights"),
        "LT-STORE-COPY-FULL": text(
            "hết chỗ ở {subject}", "thêm dung lượng rồi chạy lại",
            "no room is left at {subject}", "give it more room and run this again"),
        "LT-STORE-COPY-OVERTAKEN": text(
            "máy khác vừa ghi vào {subject} cùng lúc ({detail})",
            "không ghi gì nữa; tìm xem máy nào ghi, xem docs/operations.md, mục kho bản sao",
            "another machine wrote to {subject} at the same time ({detail})",
            "write nothing; find out which machine wrote, see docs/operations.md, copies"),
        "LT-STORE-CREDENTIALS": text(
            "tệp tài khoản {subject} không có, người khác đọc được, hoặc không đúng hai dòng",
            "ghi hai dòng: khóa truy cập, khóa bí mật; chmod 600",
            "the credentials' file {subject} is missing, open to others, or not of two lines",
            "write two lines: access key, secret key; chmod 600"),
        "LT-STORE-NO-LOCKS": text(
            "thùng của {subject} không khóa được phiên bản, nên không làm kho két được",
            "tạo thùng mới có bật object lock và phiên bản (thường chỉ bật được lúc tạo thùng), hoặc bỏ --role vault",
            "versions in the bucket of {subject} cannot be locked, so it can be no vault",
            "make another bucket with object lock and versioning turned on (mostly possible only while it is made), or leave --role vault out"
        ),
        "LT-STORE-COPY-FAILED": text(
            "kho bản sao trả lời điều không thể: {subject} {detail}",
            "chạy luutru store check; báo lại cho người quản trị kho ấy",
            "the store answers what no store should: {subject} {detail}",
            "run luutru store check; tell whoever runs that store"),
    ]
}
