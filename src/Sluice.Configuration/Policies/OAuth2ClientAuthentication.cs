namespace Sluice.Configuration.Policies;

/// <summary>How a client shows its secret at the token endpoint (RFC 6749 2.3.1).</summary>
public enum OAuth2ClientAuthentication
{
    /// <summary>As the provider's metadata lists it, Basic first; without metadata Post, as Envoy does.</summary>
    Automatic,

    /// <summary>In the Authorization field.</summary>
    Basic,

    /// <summary>In the body.</summary>
    Post,
}
