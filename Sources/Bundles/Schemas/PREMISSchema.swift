/// `schemas/PREMIS.xsd`: the schema of the PREMIS files of a bundle, of our own writing.
enum PREMISSchema {
    static let text = """
        <?xml version="1.0" encoding="UTF-8"?>
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.loc.gov/premis/v3"
        targetNamespace="http://www.loc.gov/premis/v3" elementFormDefault="qualified">
        <xs:annotation>
        <xs:documentation>PREMIS of a luutru bundle: the part of PREMIS 3.0 that the profile
        uses</xs:documentation></xs:annotation>
        <xs:complexType name="objectIdentifierType"><xs:sequence>
        <xs:element name="objectIdentifierType" type="xs:string"/>
        <xs:element name="objectIdentifierValue" type="xs:string"/></xs:sequence></xs:complexType>
        <xs:complexType name="eventIdentifierType"><xs:sequence>
        <xs:element name="eventIdentifierType" type="xs:string"/>
        <xs:element name="eventIdentifierValue" type="xs:string"/></xs:sequence></xs:complexType>
        <xs:complexType name="agentIdentifierType"><xs:sequence>
        <xs:element name="agentIdentifierType" type="xs:string"/>
        <xs:element name="agentIdentifierValue" type="xs:string"/></xs:sequence></xs:complexType>
        <xs:complexType name="rightsStatementIdentifierType"><xs:sequence>
        <xs:element name="rightsStatementIdentifierType" type="xs:string"/>
        <xs:element name="rightsStatementIdentifierValue" type="xs:string"/></xs:sequence>
        </xs:complexType>
        <xs:complexType name="linkingAgentType"><xs:sequence>
        <xs:element name="linkingAgentIdentifierType" type="xs:string"/>
        <xs:element name="linkingAgentIdentifierValue" type="xs:string"/>
        <xs:element name="linkingAgentRole" type="xs:string" minOccurs="0"/></xs:sequence>
        </xs:complexType>
        <xs:complexType name="linkingObjectType"><xs:sequence>
        <xs:element name="linkingObjectIdentifierType" type="xs:string"/>
        <xs:element name="linkingObjectIdentifierValue" type="xs:string"/>
        <xs:element name="linkingObjectRole" type="xs:string" minOccurs="0"/></xs:sequence>
        </xs:complexType>
        <xs:complexType name="fixityType"><xs:sequence>
        <xs:element name="messageDigestAlgorithm" type="xs:string"/><xs:element name="messageDigest">
        <xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[0-9a-f]{64}"/>
        </xs:restriction></xs:simpleType></xs:element>
        <xs:element name="messageDigestOriginator" type="xs:string" minOccurs="0"/></xs:sequence>
        </xs:complexType>
        <xs:complexType name="formatType"><xs:sequence>
        <xs:element name="formatDesignation"><xs:complexType><xs:sequence>
        <xs:element name="formatName" type="xs:string"/>
        <xs:element name="formatVersion" type="xs:string" minOccurs="0"/></xs:sequence>
        </xs:complexType></xs:element>
        <xs:element name="formatRegistry" minOccurs="0"><xs:complexType><xs:sequence>
        <xs:element name="formatRegistryName" type="xs:string"/>
        <xs:element name="formatRegistryKey" type="xs:string"/></xs:sequence></xs:complexType>
        </xs:element>
        <xs:element name="formatNote" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>
        <xs:complexType name="characteristicsType"><xs:sequence>
        <xs:element name="fixity" type="fixityType" maxOccurs="unbounded"/>
        <xs:element name="size" type="xs:nonNegativeInteger"/>
        <xs:element name="format" type="formatType"/>
        <xs:element name="creatingApplication" minOccurs="0"><xs:complexType><xs:sequence>
        <xs:element name="dateCreatedByApplication" type="xs:dateTime"/></xs:sequence></xs:complexType>
        </xs:element></xs:sequence></xs:complexType>
        <xs:complexType name="relationshipType"><xs:sequence>
        <xs:element name="relationshipType" type="xs:string"/>
        <xs:element name="relationshipSubType" type="xs:string"/>
        <xs:element name="relatedObjectIdentifier" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="relatedObjectIdentifierType" type="xs:string"/>
        <xs:element name="relatedObjectIdentifierValue" type="xs:string"/></xs:sequence>
        </xs:complexType></xs:element></xs:sequence></xs:complexType>
        <xs:complexType name="objectType" abstract="true"/>
        <xs:complexType name="file"><xs:complexContent><xs:extension base="objectType"><xs:sequence>
        <xs:element name="objectIdentifier" type="objectIdentifierType" maxOccurs="unbounded"/>
        <xs:element name="objectCharacteristics" type="characteristicsType"/>
        <xs:element name="originalName" type="xs:string" minOccurs="0"/>
        <xs:element name="relationship" type="relationshipType" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence></xs:extension>
        </xs:complexContent></xs:complexType>
        <xs:complexType name="representation"><xs:complexContent><xs:extension base="objectType">
        <xs:sequence>
        <xs:element name="objectIdentifier" type="objectIdentifierType" maxOccurs="unbounded"/>
        <xs:element name="originalName" type="xs:string" minOccurs="0"/>
        <xs:element name="relationship" type="relationshipType" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence></xs:extension>
        </xs:complexContent></xs:complexType>
        <xs:complexType name="intellectualEntity"><xs:complexContent><xs:extension base="objectType">
        <xs:sequence>
        <xs:element name="objectIdentifier" type="objectIdentifierType" maxOccurs="unbounded"/>
        <xs:element name="originalName" type="xs:string" minOccurs="0"/>
        <xs:element name="relationship" type="relationshipType" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence></xs:extension>
        </xs:complexContent></xs:complexType>
        <xs:complexType name="eventType"><xs:sequence>
        <xs:element name="eventIdentifier" type="eventIdentifierType"/>
        <xs:element name="eventType" type="xs:string"/>
        <xs:element name="eventDateTime" type="xs:dateTime"/>
        <xs:element name="eventDetailInformation"><xs:complexType><xs:sequence>
        <xs:element name="eventDetail" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
        <xs:element name="eventOutcomeInformation"><xs:complexType><xs:sequence>
        <xs:element name="eventOutcome" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
        <xs:element name="linkingAgentIdentifier" type="linkingAgentType" maxOccurs="unbounded"/>
        <xs:element name="linkingObjectIdentifier" type="linkingObjectType" maxOccurs="unbounded"/>
        </xs:sequence></xs:complexType>
        <xs:complexType name="agentType"><xs:sequence>
        <xs:element name="agentIdentifier" type="agentIdentifierType"/>
        <xs:element name="agentName" type="xs:string"/><xs:element name="agentType" type="xs:string"/>
        <xs:element name="agentNote" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>
        <xs:complexType name="rightsType"><xs:sequence><xs:element name="rightsStatement">
        <xs:complexType><xs:sequence>
        <xs:element name="rightsStatementIdentifier" type="rightsStatementIdentifierType"/>
        <xs:element name="rightsBasis" type="xs:string"/>
        <xs:element name="statuteInformation"><xs:complexType><xs:sequence>
        <xs:element name="statuteJurisdiction" type="xs:string"/>
        <xs:element name="statuteCitation" type="xs:string"/></xs:sequence></xs:complexType>
        </xs:element>
        <xs:element name="rightsGranted"><xs:complexType><xs:sequence>
        <xs:element name="act" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
        <xs:element name="linkingObjectIdentifier" type="linkingObjectType"/></xs:sequence>
        </xs:complexType></xs:element></xs:sequence></xs:complexType>
        <xs:element name="premis"><xs:complexType><xs:sequence>
        <xs:element name="object" type="objectType" maxOccurs="unbounded"/>
        <xs:element name="event" type="eventType" maxOccurs="unbounded"/>
        <xs:element name="agent" type="agentType" maxOccurs="unbounded"/>
        <xs:element name="rights" type="rightsType" minOccurs="0"/></xs:sequence>
        <xs:attribute name="version" type="xs:string" use="required" fixed="3.0"/></xs:complexType>
        </xs:element>
        </xs:schema>

        """
}
