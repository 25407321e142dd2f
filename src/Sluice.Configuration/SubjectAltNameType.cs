namespace Sluice.Configuration;

public enum SubjectAltNameType
{
    /// <summary>dNSName.</summary>
    Hostname,

    /// <summary>uniformResourceIdentifier, compared as it is.</summary>
    Uri,
}
