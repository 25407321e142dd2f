namespace Sluice.Proxy.Tests.Support;

/// <summary>What arrived is not a message that RFC 9112 lets a sender write, or only a part of one.</summary>
internal sealed class WireFormatException(string message) : Exception(message)
{
    /// <summary>The stream ended inside the message; what came was well formed.</summary>
    public bool Truncated { get; init; }

    public static WireFormatException EndedIn(string part, StreamEnd? end, string pending) =>
        new($"the stream ended ({end}) inside {part}: {Wire.Show(pending)}") { Truncated = true };
}
