using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>A request that a backend has received.</summary>
internal sealed record SeenMessage(string Backend, WireMessage Message)
{
    public SeenRequest Request => new(Message.Method, Message.Target, Message["Host"] ?? "")
    {
        Backend = Backend,
        Body = Message.Body,
        Trailers = string.Join("; ", Message.Trailers.Select(trailer => $"{trailer.Name}: {trailer.Value}")),
    };
}
