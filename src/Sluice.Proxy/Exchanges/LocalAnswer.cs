using Sluice.Proxy.Filters;
using Sluice.Proxy.Listeners;

namespace Sluice.Proxy.Exchanges;

/// <summary>An answer that the proxy makes itself. Spans live until the call returns.</summary>
internal readonly ref struct LocalAnswer()
{
    public required int StatusCode { get; init; }

    public ReadOnlySpan<byte> ContentType { get; init; }

    public ReadOnlySpan<byte> Location { get; init; }

    public ReadOnlySpan<byte> Body { get; init; }

    /// <summary>Allow, for 405.</summary>
    public ReadOnlySpan<byte> Allow { get; init; }

    /// <summary>Status of gRPC that goes with the answer; -1 for none.</summary>
    public int GrpcStatus { get; init; } = -1;

    /// <summary>Encoded already; with <see cref="GrpcStatus"/> only.</summary>
    public ReadOnlySpan<byte> GrpcMessage { get; init; }

    /// <summary>Edits of the rule that made the answer.</summary>
    public HeaderEdits? Edits { get; init; }

    /// <summary>What Server says; null: the proxy's usual name.</summary>
    public ServerHeader? Server { get; init; }

    /// <summary>More fields, in lower case; null: none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Fields { get; init; }

    /// <summary>The head only: a body of unknown length follows as that of a backend would, with SendData and EndResponse.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>Says Connection: close and closes.</summary>
    public bool Close { get; init; }
}
