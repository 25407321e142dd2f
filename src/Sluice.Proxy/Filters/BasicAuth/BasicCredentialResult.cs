namespace Sluice.Proxy.Filters.BasicAuth;

internal enum BasicCredentialResult
{
    Complete,

    /// <summary>No Authorization, or one of another scheme.</summary>
    Missing,

    /// <summary>Several fields, no base64, no colon, no name, or too long.</summary>
    Malformed,
}
