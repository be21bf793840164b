/// `schemas/arrangement.xsd`: the schema of a dossier's arrangement, of our own writing.
enum ArrangementSchema {
    static let text = """
        <?xml version="1.0" encoding="UTF-8"?>
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
        <xs:annotation>
        <xs:documentation>arrangement.xml: where the dossier stands in the holding</xs:documentation>
        </xs:annotation>
        <xs:simpleType name="text1000"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="1000"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="lines"><xs:restriction base="xs:string"><xs:minLength value="1"/>
        <xs:maxLength value="60000"/></xs:restriction></xs:simpleType>
        <xs:element name="arrangement"><xs:complexType><xs:all>
        <xs:element name="fonds" type="text1000" minOccurs="0"/>
        <xs:element name="inventory" type="text1000" minOccurs="0"/>
        <xs:element name="series" type="text1000" minOccurs="0"/>
        <xs:element name="accession" type="text1000" minOccurs="0"/>
        <xs:element name="transferredBy" type="text1000" minOccurs="0"/>
        <xs:element name="location" type="text1000" minOccurs="0"/>
        <xs:element name="retentionRow" type="text1000" minOccurs="0"/>
        <xs:element name="retentionPeriod" type="text1000" minOccurs="0"/>
        <xs:element name="organId" type="text1000" minOccurs="0"/>
        <xs:element name="fileCatalog" type="text1000" minOccurs="0"/>
        <xs:element name="fileNotation" type="text1000" minOccurs="0"/>
        <xs:element name="links" type="lines" minOccurs="0"/>
        </xs:all></xs:complexType></xs:element>
        </xs:schema>

        """
}
