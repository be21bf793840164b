/// Good files of the bundle profile, written by hand; each test breaks one of them in one place.
enum Instance {
    static let time = "2026-11-22T08:00:00+07:00"
    private static let sha256 = String(repeating: "0123456789ABCDEF", count: 4)
    private static let facts = """
        SIZE="0" CREATED="\(time)" CHECKSUM="\(sha256)" CHECKSUMTYPE="SHA-256" MIMETYPE="text/xml"
        """
    private static let reference = """
        <mdRef LOCTYPE="URL" MDTYPE="PREMIS" MDTYPEVERSION="3.0" xlink:type="simple" xlink:href="a.xml" \(facts)/>
        """

    static let mets = """
        <?xml version="1.0" encoding="UTF-8"?>
        <mets xmlns="http://www.loc.gov/METS/" xmlns:csip="https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
        xmlns:xlink="http://www.w3.org/1999/xlink" OBJID="rep1" LABEL="hồ sơ" TYPE="Mixed" PROFILE="p"
        csip:CONTENTINFORMATIONTYPE="OTHER" csip:OTHERCONTENTINFORMATIONTYPE="VN-TT05">
        <metsHdr CREATEDATE="\(time)" LASTMODDATE="\(time)" RECORDSTATUS="NEW" csip:OAISPACKAGETYPE="AIP">
        <agent ROLE="CREATOR" TYPE="OTHER" OTHERTYPE="SOFTWARE"><name>luutru</name>
        <note csip:NOTETYPE="SOFTWARE VERSION">1</note></agent>
        <altRecordID TYPE="SUBMISSIONAGREEMENT">NL.01</altRecordID></metsHdr>
        <dmdSec ID="d1" CREATED="\(time)" STATUS="CURRENT">\(reference)</dmdSec>
        <dmdSec ID="d2" CREATED="\(time)" STATUS="CURRENT">\(reference)</dmdSec>
        <amdSec ID="a1"><digiprovMD ID="p1" CREATED="\(time)" STATUS="CURRENT">\(reference)</digiprovMD></amdSec>
        <fileSec ID="f1"><fileGrp ID="g1" USE="Data" csip:CONTENTINFORMATIONTYPE="OTHER">
        <file ID="i1" \(facts)><FLocat LOCTYPE="URL" xlink:type="simple" xlink:href="data/1.pdf"/></file>
        </fileGrp></fileSec>
        <structMap ID="s1" TYPE="PHYSICAL" LABEL="CSIP"><div ID="v0" LABEL="rep1" TYPE="NORMALIZED">
        <div ID="v1" LABEL="Metadata" DMDID="d1 d2" ADMID="p1"/>
        <div ID="v2" LABEL="Representations/rep1"><mptr LOCTYPE="URL" xlink:type="simple" xlink:href="METS.xml"/></div>
        <div ID="v3" LABEL="Data"><fptr FILEID="g1"/></div></div></structMap></mets>
        """

    static let premis = """
        <?xml version="1.0" encoding="UTF-8"?>
        <premis xmlns="http://www.loc.gov/premis/v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        version="3.0">
        <object xsi:type="representation"><objectIdentifier><objectIdentifierType>urn</objectIdentifierType>
        <objectIdentifierValue>a</objectIdentifierValue></objectIdentifier></object>
        <object xsi:type="file"><objectIdentifier><objectIdentifierType>File</objectIdentifierType>
        <objectIdentifierValue>a/data/1.pdf</objectIdentifierValue></objectIdentifier>
        <objectCharacteristics><fixity><messageDigestAlgorithm>SHA-256</messageDigestAlgorithm>
        <messageDigest>\(sha256.lowercased())</messageDigest>
        <messageDigestOriginator>luutru</messageDigestOriginator></fixity><size>12</size>
        <format><formatDesignation><formatName>PDF/A</formatName><formatVersion>1b</formatVersion>
        </formatDesignation><formatRegistry><formatRegistryName>PRONOM</formatRegistryName>
        <formatRegistryKey>fmt/354</formatRegistryKey></formatRegistry><formatNote>n</formatNote></format>
        <creatingApplication><dateCreatedByApplication>\(time)</dateCreatedByApplication></creatingApplication>
        </objectCharacteristics><originalName>Công văn.pdf</originalName></object>
        <event><eventIdentifier><eventIdentifierType>UUID</eventIdentifierType>
        <eventIdentifierValue>e</eventIdentifierValue></eventIdentifier><eventType>ingestion</eventType>
        <eventDateTime>\(time)</eventDateTime>
        <eventDetailInformation><eventDetail>d</eventDetail></eventDetailInformation>
        <eventOutcomeInformation><eventOutcome>success</eventOutcome></eventOutcomeInformation>
        <linkingAgentIdentifier><linkingAgentIdentifierType>luutru</linkingAgentIdentifierType>
        <linkingAgentIdentifierValue>luutru 1</linkingAgentIdentifierValue>
        <linkingAgentRole>executing program</linkingAgentRole></linkingAgentIdentifier>
        <linkingObjectIdentifier><linkingObjectIdentifierType>urn</linkingObjectIdentifierType>
        <linkingObjectIdentifierValue>a</linkingObjectIdentifierValue>
        <linkingObjectRole>outcome</linkingObjectRole></linkingObjectIdentifier></event>
        <agent><agentIdentifier><agentIdentifierType>luutru</agentIdentifierType>
        <agentIdentifierValue>luutru 1</agentIdentifierValue></agentIdentifier><agentName>luutru</agentName>
        <agentType>software</agentType><agentNote>n</agentNote></agent>
        <rights><rightsStatement><rightsStatementIdentifier>
        <rightsStatementIdentifierType>UUID</rightsStatementIdentifierType>
        <rightsStatementIdentifierValue>r</rightsStatementIdentifierValue></rightsStatementIdentifier>
        <rightsBasis>statute</rightsBasis><statuteInformation><statuteJurisdiction>vn</statuteJurisdiction>
        <statuteCitation>c</statuteCitation></statuteInformation>
        <rightsGranted><act>01 công khai</act></rightsGranted>
        <linkingObjectIdentifier><linkingObjectIdentifierType>urn</linkingObjectIdentifierType>
        <linkingObjectIdentifierValue>a</linkingObjectIdentifierValue></linkingObjectIdentifier>
        </rightsStatement></rights></premis>
        """

    static let dossier = flat(
        "arcFileCode=H61.12.2020.01.HC", "title=Hồ sơ", "maintenance=01", "mode=01",
        "language=01;11",
        "startDate=01/02/2020", "endDate=2020", "keyword=k", "totalDoc=2", "numberOfPaper=3",
        "numberOfPage=4",
        "format=01", "inforSign=s", "confidenceLevel=02", "paperFileCode=p", "riskRecovery=1",
        "riskRecoveryStatus=02", "description=d")

    static let document = flat(
        "arcFileCode=H61", "mode=02", "language=06", "keyword=k", "numberOfPage=4", "format=02",
        "inforSign=s",
        "confidenceLevel=01", "description=d", "docCode=H61.0000001", "docOrdinal=1", "typeName=32",
        "codeNumber=12", "codeNotation=QĐ-UBND", "issuedDate=01/02/2020", "organName=Ủy ban",
        "subject=Về việc",
        "autograph=a", "process=0")

    static let picture = flat(
        "docCode=H61.0000001", "maintenance=07", "typePic=02", "archivesNumber=n", "inforSign=s",
        "eventName=e",
        "imageTitle=i", "photographer=p", "photoPlace=l", "photoTime=02/2020", "colour=01",
        "filmSize=6x6",
        "docAttached=1", "mode=01", "format=03", "riskRecovery=0", "riskRecoveryStatus=01",
        "description=d")

    static let recording = flat(
        "docCode=H61.0000001", "maintenance=07", "typeMedia=01", "archivesNumber=n", "inforSign=s",
        "eventName=e",
        "movieTitle=m", "recorder=r", "recordPlace=l", "recordDate=2020", "language=01",
        "playTime=00:10:00",
        "docAttached=0", "mode=03", "quality=q", "format=01", "riskRecovery=1",
        "riskRecoveryStatus=01",
        "description=d")

    static let arrangement = flat(
        "fonds=H61.12", "inventory=01", "series=s", "accession=NL.01", "transferredBy=t",
        "location=l",
        "retentionRow=1", "retentionPeriod=15 năm", "organId=H61.12", "fileCatalog=2020",
        "fileNotation=01.HC"
    ).replacing("simpledc", with: "arrangement")

    private static func flat(_ fields: String...) -> String {
        let elements = fields.map { field in
            let parts = field.split(separator: "=", maxSplits: 1)
            return "<\(parts[0])>\(parts[1])</\(parts[0])>\n"
        }
        return "<simpledc>\n" + elements.joined() + "</simpledc>\n"
    }
}
