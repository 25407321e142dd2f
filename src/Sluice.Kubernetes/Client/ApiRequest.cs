namespace Sluice.Kubernetes.Client;

/// <summary>One request, before it is known how it will be sent.</summary>
/// <param name="Method">Of HTTP.</param>
/// <param name="PathAndQuery">Below the server's address.</param>
/// <param name="Operation">For messages: "get httproutes infra/a".</param>
internal sealed record ApiRequest(HttpMethod Method, string PathAndQuery, string Operation)
{
    public ReadOnlyMemory<byte> Body { get; init; }

    public string ContentType { get; init; } = "application/json";
}
