/// `schemas/EAD.xsd`: the schema of a dossier's description, of our own writing.
enum DossierSchema {
    static let text = """
        <?xml version="1.0" encoding="UTF-8"?>
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
        <xs:annotation><xs:documentation>EAD.xml: mô tả hồ sơ, TT 05/2025 Annex I</xs:documentation>
        </xs:annotation>
        <xs:simpleType name="maintenance"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/><xs:enumeration value="03"/><xs:enumeration value="04"/>
        <xs:enumeration value="05"/><xs:enumeration value="06"/><xs:enumeration value="07"/>
        </xs:restriction></xs:simpleType>
        <xs:simpleType name="mode"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/><xs:enumeration value="03"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="language"><xs:restriction base="xs:string">
        <xs:pattern value="(0[1-9]|1[01])(;(0[1-9]|1[01]))*"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="condition"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/><xs:enumeration value="03"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="confidence"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/><xs:enumeration value="03"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="flag"><xs:restriction base="xs:string"><xs:enumeration value="0"/>
        <xs:enumeration value="1"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="recovery"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="partDate"><xs:restriction base="xs:string">
        <xs:pattern value="([0-9]{2}/){0,2}[0-9]{4}"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="number10"><xs:restriction base="xs:string">
        <xs:pattern value="[0-9]{1,10}"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text30"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="30"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text100"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="100"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text1000"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="1000"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text2000"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="2000"/></xs:restriction></xs:simpleType>
        <xs:element name="simpledc"><xs:complexType><xs:all>
        <xs:element name="arcFileCode" type="text100"/>
        <xs:element name="title" type="text1000"/>
        <xs:element name="maintenance" type="maintenance"/>
        <xs:element name="mode" type="mode"/>
        <xs:element name="language" type="language"/>
        <xs:element name="startDate" type="partDate"/>
        <xs:element name="endDate" type="partDate"/>
        <xs:element name="keyword" type="text100" minOccurs="0"/>
        <xs:element name="totalDoc" type="number10"/>
        <xs:element name="numberOfPaper" type="number10" minOccurs="0"/>
        <xs:element name="numberOfPage" type="number10"/>
        <xs:element name="format" type="condition" minOccurs="0"/>
        <xs:element name="inforSign" type="text30" minOccurs="0"/>
        <xs:element name="confidenceLevel" type="confidence" minOccurs="0"/>
        <xs:element name="paperFileCode" type="text100" minOccurs="0"/>
        <xs:element name="riskRecovery" type="flag"/>
        <xs:element name="riskRecoveryStatus" type="recovery" minOccurs="0"/>
        <xs:element name="description" type="text2000" minOccurs="0"/>
        </xs:all></xs:complexType></xs:element>
        </xs:schema>

        """
}
