namespace Sluice.Configuration.Policies;

/// <summary>User name and password (RFC 7617), checked against the entries of a htpasswd file (TrafficPolicy.spec.basicAuth).</summary>
public sealed record BasicAuthPolicy
{
    /// <summary>What a browser shows. Default "Restricted".</summary>
    public string Realm { get; init; } = "Restricted";

    /// <summary>At most <see cref="Passwords.Htpasswd.MaxUsers"/>. None: nobody gets in.</summary>
    public IReadOnlyList<BasicAuthUser> Users { get; init; } = [];

    /// <summary>Request field that tells the backend the user's name; what a client sends in it is removed. Null: none.</summary>
    public string? UsernameHeader { get; init; }

    /// <summary>The Authorization field goes on to the backend. Default true, as with Envoy.</summary>
    public bool ForwardCredential { get; init; } = true;
}
