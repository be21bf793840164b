/// `schemas/EAD_pic.xsd`: the schema of a picture's description, of our own writing.
enum PictureSchema {
    static let text = """
        <?xml version="1.0" encoding="UTF-8"?>
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
        <xs:annotation>
        <xs:documentation>EAD_pic: mô tả tài liệu ảnh, TT 05/2025 Annex I</xs:documentation>
        </xs:annotation>
        <xs:simpleType name="maintenance"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/><xs:enumeration value="03"/><xs:enumeration value="04"/>
        <xs:enumeration value="05"/><xs:enumeration value="06"/><xs:enumeration value="07"/>
        </xs:restriction></xs:simpleType>
        <xs:simpleType name="mode"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/><xs:enumeration value="03"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="condition"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/><xs:enumeration value="03"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="flag"><xs:restriction base="xs:string"><xs:enumeration value="0"/>
        <xs:enumeration value="1"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="recovery"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="partDate"><xs:restriction base="xs:string">
        <xs:pattern value="([0-9]{2}/){0,2}[0-9]{4}"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="two"><xs:restriction base="xs:string"><xs:enumeration value="01"/>
        <xs:enumeration value="02"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text30"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="30"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text50"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="50"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text100"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="100"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text300"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="300"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text500"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="500"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="text2000"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="2000"/></xs:restriction></xs:simpleType>
        <xs:element name="simpledc"><xs:complexType><xs:all>
        <xs:element name="docCode" type="text100"/>
        <xs:element name="maintenance" type="maintenance"/>
        <xs:element name="typePic" type="two"/>
        <xs:element name="archivesNumber" type="text50" minOccurs="0"/>
        <xs:element name="inforSign" type="text30" minOccurs="0"/>
        <xs:element name="eventName" type="text500" minOccurs="0"/>
        <xs:element name="imageTitle" type="text500" minOccurs="0"/>
        <xs:element name="photographer" type="text300" minOccurs="0"/>
        <xs:element name="photoPlace" type="text300" minOccurs="0"/>
        <xs:element name="photoTime" type="partDate" minOccurs="0"/>
        <xs:element name="colour" type="two" minOccurs="0"/>
        <xs:element name="filmSize" type="text30" minOccurs="0"/>
        <xs:element name="docAttached" type="flag" minOccurs="0"/>
        <xs:element name="mode" type="mode" minOccurs="0"/>
        <xs:element name="format" type="condition" minOccurs="0"/>
        <xs:element name="riskRecovery" type="flag" minOccurs="0"/>
        <xs:element name="riskRecoveryStatus" type="recovery" minOccurs="0"/>
        <xs:element name="description" type="text2000" minOccurs="0"/>
        </xs:all></xs:complexType></xs:element>
        </xs:schema>

        """
}
