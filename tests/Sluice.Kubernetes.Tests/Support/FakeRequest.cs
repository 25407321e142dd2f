using Microsoft.AspNetCore.Http;

namespace Sluice.Kubernetes.Tests.Support;

/// <summary>A request that the fake API server got.</summary>
public sealed record FakeRequest(string Method, string Path, IQueryCollection Query, IHeaderDictionary Headers, string Body, string? ClientCertificate, string Protocol)
{
    public bool IsWatch => Query["watch"] == "true";

    public bool IsList => Method == "GET" && !IsWatch && Path.EndsWith('s');
}
