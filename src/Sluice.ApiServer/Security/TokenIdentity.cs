namespace Sluice.ApiServer.Security;

/// <summary>What a token proves.</summary>
/// <param name="UserName">Such as "system:serviceaccount:NAMESPACE:NAME"; null when it proves nothing.</param>
public sealed record TokenIdentity(string? UserName)
{
    public static TokenIdentity None(string error) => new((string?)null) { Error = error };

    public string? Uid { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Such as "authentication.kubernetes.io/pod-name".</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The audiences that were asked for and that the token is for.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Why it proves nothing.</summary>
    public string? Error { get; init; }
}
