/// `schemas/EAD_doc.xsd`: the schema of a text document's description, of our own writing.
enum DocumentSchema {
    static let text = """
        <?xml version="1.0" encoding="UTF-8"?>
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
        <xs:annotation>
        <xs:documentation>EAD_doc: mô tả tài liệu văn bản, TT 05/2025 Annex I</xs:documentation>
        </xs:annotation>
        <xs:simpleType name="mode"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/><xs:enumeration value="03"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="language"><xs:restriction base="xs:string">
        <xs:pattern value="(0[1-9]|1[01])(;(0[1-9]|1[01]))*"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="typeName"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/><xs:enumeration value="03"/><xs:enumeration value="04"/>
        <xs:enumeration value="05"/><xs:enumeration value="06"/><xs:enumeration value="07"/>
        <xs:enumeration value="08"/><xs:enumeration value="09"/><xs:enumeration value="10"/>
        <xs:enumeration value="11"/><xs:enumeration value="12"/><xs:enumeration value="13"/>
        <xs:enumeration value="14"/><xs:enumeration value="15"/><xs:enumeration value="16"/>
        <xs:enumeration value="17"/><xs:enumeration value="18"/><xs:enumeration value="19"/>
        <xs:enumeration value="20"/><xs:enumeration value="21"/><xs:enumeration value="22"/>
        <xs:enumeration value="23"/><xs:enumeration value="24"/><xs:enumeration value="25"/>
        <xs:enumeration value="26"/><xs:enumeration value="27"/><xs:enumeration value="28"/>
        <xs:enumeration value="29"/><xs:enumeration value="30"/><xs:enumeration value="31"/>
        <xs:enumeration value="32"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="condition"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/><xs:enumeration value="03"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="confidence"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/><xs:enumeration value="03"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="flag"><xs:restriction base="xs:string"><xs:enumeration value="0"/>
        <xs:enumeration value="1"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="fullDate"><xs:restriction base="xs:string">
        <xs:pattern value="[0-9]{2}/[0-9]{2}/[0-9]{4}"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="number10"><xs:restriction base="xs:string">
        <xs:pattern value="[0-9]{1,10}"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="number4"><xs:restriction base="xs:string"><xs:pattern value="[0-9]{1,4}"/>
        </xs:restriction></xs:simpleType>
        <xs:simpleType name="text11"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="11"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text30"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="30"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text100"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="100"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text200"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="200"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text500"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="500"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text2000"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="2000"/></xs:restriction></xs:simpleType>
        <xs:element name="simpledc"><xs:complexType><xs:all>
        <xs:element name="arcFileCode" type="text100"/>
        <xs:element name="mode" type="mode"/>
        <xs:element name="language" type="language"/>
        <xs:element name="keyword" type="text100" minOccurs="0"/>
        <xs:element name="numberOfPage" type="number4"/>
        <xs:element name="format" type="condition" minOccurs="0"/>
        <xs:element name="inforSign" type="text30" minOccurs="0"/>
        <xs:element name="confidenceLevel" type="confidence" minOccurs="0"/>
        <xs:element name="description" type="text500" minOccurs="0"/>
        <xs:element name="docCode" type="text100"/>
        <xs:element name="docOrdinal" type="number10"/>
        <xs:element name="typeName" type="typeName"/>
        <xs:element name="codeNumber" type="text11" minOccurs="0"/>
        <xs:element name="codeNotation" type="text30" minOccurs="0"/>
        <xs:element name="issuedDate" type="fullDate"/>
        <xs:element name="organName" type="text200"/>
        <xs:element name="subject" type="text500"/>
        <xs:element name="autograph" type="text2000" minOccurs="0"/>
        <xs:element name="process" type="flag" minOccurs="0"/>
        </xs:all></xs:complexType></xs:element>
        </xs:schema>

        """
}
