using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>An object as it is to be applied, server-side.</summary>
/// <param name="Body">The whole of it; not to be changed. That of a Secret must not be logged.</param>
/// <param name="Hash">Of the body: what <see cref="ProxyLabels.HashAnnotation"/> holds.</param>
public sealed record RenderedObject(JsonObject Body, string Hash)
{
    public ObjectIdentity Identity { get; } = ObjectIdentity.Of(Body);

    /// <summary>Which object it is, without its content.</summary>
    public override string ToString() => Identity.ToString();
}
