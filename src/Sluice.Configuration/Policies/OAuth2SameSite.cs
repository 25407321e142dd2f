namespace Sluice.Configuration.Policies;

/// <summary>Whether requests that begin at other sites have a cookie (RFC 6265bis 5.6.7).</summary>
public enum OAuth2SameSite
{
    /// <summary>Only those that follow a link.</summary>
    Lax,

    /// <summary>None. The provider is another site: while a login is on its way, its own cookie is Lax.</summary>
    Strict,

    /// <summary>All. Browsers want such cookies over TLS only.</summary>
    None,
}
