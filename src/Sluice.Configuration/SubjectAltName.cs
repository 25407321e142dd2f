namespace Sluice.Configuration;

/// <summary>A name in a certificate (RFC 5280 4.2.1.6). DNS names in lower case, "*.example.com" for one label in front.</summary>
public sealed record SubjectAltName(SubjectAltNameType Type, string Value);
