namespace Sluice.Configuration;

/// <summary>The header that tells an endpoint whose connection is relayed to it.</summary>
public enum ProxyProtocolVersion
{
    None,

    /// <summary>One line of text.</summary>
    V1,

    /// <summary>Binary.</summary>
    V2,
}
