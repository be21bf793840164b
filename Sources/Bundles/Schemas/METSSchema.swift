/// `schemas/METS.xsd`: the schema of the METS files of a bundle, of our own writing.
enum METSSchema {
    static let text = """
        <?xml version="1.0" encoding="UTF-8"?>
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.loc.gov/METS/"
        targetNamespace="http://www.loc.gov/METS/" elementFormDefault="qualified">
        <xs:annotation>
        <xs:documentation>METS of a luutru bundle: the part of METS 1.12 that the profile uses (CSIP
        2.2.0, TT 05/2025)</xs:documentation></xs:annotation>
        <xs:simpleType name="sha256"><xs:restriction base="xs:string">
        <xs:pattern value="[0-9A-F]{64}"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="checksumType"><xs:restriction base="xs:string">
        <xs:enumeration value="SHA-256"/></xs:restriction></xs:simpleType>
        <xs:attributeGroup name="facts">
        <xs:attribute name="MIMETYPE" type="xs:string" use="required"/>
        <xs:attribute name="SIZE" type="xs:nonNegativeInteger" use="required"/>
        <xs:attribute name="CREATED" type="xs:dateTime" use="required"/>
        <xs:attribute name="CHECKSUM" type="sha256" use="required"/>
        <xs:attribute name="CHECKSUMTYPE" type="checksumType" use="required"/>
        </xs:attributeGroup>
        <xs:complexType name="noteType"><xs:simpleContent><xs:extension base="xs:string">
        <xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension></xs:simpleContent>
        </xs:complexType>
        <xs:complexType name="agentType"><xs:sequence><xs:element name="name" type="xs:string"/>
        <xs:element name="note" type="noteType" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
        <xs:attribute name="ROLE" type="xs:string" use="required"/>
        <xs:attribute name="TYPE" type="xs:string"/><xs:attribute name="OTHERTYPE" type="xs:string"/>
        </xs:complexType>
        <xs:complexType name="recordType"><xs:simpleContent><xs:extension base="xs:string">
        <xs:attribute name="TYPE" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:complexType name="headerType"><xs:sequence>
        <xs:element name="agent" type="agentType" maxOccurs="unbounded"/>
        <xs:element name="altRecordID" type="recordType" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence>
        <xs:attribute name="CREATEDATE" type="xs:dateTime" use="required"/>
        <xs:attribute name="LASTMODDATE" type="xs:dateTime"/>
        <xs:attribute name="RECORDSTATUS" type="xs:string"/>
        <xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
        <xs:complexType name="referenceType">
        <xs:attribute name="LOCTYPE" type="xs:string" use="required"/>
        <xs:attribute name="MDTYPE" type="xs:string" use="required"/>
        <xs:attribute name="OTHERMDTYPE" type="xs:string"/>
        <xs:attribute name="MDTYPEVERSION" type="xs:string"/><xs:attributeGroup ref="facts"/>
        <xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
        <xs:complexType name="sectionType"><xs:sequence><xs:element name="mdRef" type="referenceType"/>
        </xs:sequence><xs:attribute name="ID" type="xs:ID" use="required"/>
        <xs:attribute name="CREATED" type="xs:dateTime" use="required"/>
        <xs:attribute name="STATUS" use="required"><xs:simpleType><xs:restriction base="xs:string">
        <xs:enumeration value="CURRENT"/><xs:enumeration value="SUPERSEDED"/></xs:restriction>
        </xs:simpleType></xs:attribute></xs:complexType>
        <xs:complexType name="administrativeType"><xs:sequence>
        <xs:element name="digiprovMD" type="sectionType" maxOccurs="unbounded"/></xs:sequence>
        <xs:attribute name="ID" type="xs:ID" use="required"/></xs:complexType>
        <xs:complexType name="locationType">
        <xs:attribute name="LOCTYPE" type="xs:string" use="required"/>
        <xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
        <xs:complexType name="fileType"><xs:sequence><xs:element name="FLocat" type="locationType"/>
        </xs:sequence><xs:attribute name="ID" type="xs:ID" use="required"/>
        <xs:attributeGroup ref="facts"/></xs:complexType>
        <xs:complexType name="groupType"><xs:sequence>
        <xs:element name="file" type="fileType" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
        <xs:attribute name="ID" type="xs:ID" use="required"/>
        <xs:attribute name="USE" type="xs:string" use="required"/>
        <xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
        <xs:complexType name="filesType"><xs:sequence>
        <xs:element name="fileGrp" type="groupType" maxOccurs="unbounded"/></xs:sequence>
        <xs:attribute name="ID" type="xs:ID" use="required"/></xs:complexType>
        <xs:complexType name="filePointerType">
        <xs:attribute name="FILEID" type="xs:IDREF" use="required"/></xs:complexType>
        <xs:complexType name="divisionType"><xs:sequence>
        <xs:element name="mptr" type="locationType" minOccurs="0"/>
        <xs:element name="fptr" type="filePointerType" minOccurs="0" maxOccurs="unbounded"/>
        <xs:element name="div" type="divisionType" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
        <xs:attribute name="ID" type="xs:ID" use="required"/>
        <xs:attribute name="LABEL" type="xs:string" use="required"/>
        <xs:attribute name="TYPE" type="xs:string"/><xs:attribute name="ORDER" type="xs:integer"/>
        <xs:attribute name="DMDID" type="xs:IDREFS"/><xs:attribute name="ADMID" type="xs:IDREFS"/>
        </xs:complexType>
        <xs:complexType name="structureType"><xs:sequence><xs:element name="div" type="divisionType"/>
        </xs:sequence><xs:attribute name="ID" type="xs:ID" use="required"/>
        <xs:attribute name="TYPE" type="xs:string" use="required"/>
        <xs:attribute name="LABEL" type="xs:string" use="required"/></xs:complexType>
        <xs:element name="mets"><xs:complexType><xs:sequence>
        <xs:element name="metsHdr" type="headerType"/>
        <xs:element name="dmdSec" type="sectionType" minOccurs="0" maxOccurs="unbounded"/>
        <xs:element name="amdSec" type="administrativeType"/>
        <xs:element name="fileSec" type="filesType"/>
        <xs:element name="structMap" type="structureType"/>
        </xs:sequence><xs:attribute name="OBJID" type="xs:string" use="required"/>
        <xs:attribute name="LABEL" type="xs:string"/>
        <xs:attribute name="TYPE" type="xs:string" use="required"/>
        <xs:attribute name="PROFILE" type="xs:string" use="required"/>
        <xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType></xs:element>
        </xs:schema>

        """
}
