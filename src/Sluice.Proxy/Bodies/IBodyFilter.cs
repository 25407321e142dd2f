namespace Sluice.Proxy.Bodies;

/// <summary>
/// Changes a body as it comes: pieces in, pieces out. Of one message; never sees it whole. It is asked again until it has nothing more to
/// give, so that whoever takes the output sets the pace.
/// </summary>
internal interface IBodyFilter : IDisposable
{
    /// <summary>Takes input and gives output, as much of both as it likes.</summary>
    /// <param name="input">May be empty, when more output may be waiting.</param>
    /// <param name="output">Where output goes; never empty.</param>
    /// <param name="consumed">Octets of the input that were taken.</param>
    /// <param name="written">Octets of output. When it fills the span there may be more.</param>
    /// <returns>False when the body cannot go on: it is not what it is said to be, or too large.</returns>
    bool TryFilter(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written);

    /// <summary>Makes everything that was taken until now available, because no more may come for a while.</summary>
    /// <param name="output">As above.</param>
    /// <param name="written">As above.</param>
    void Flush(Span<byte> output, out int written);

    /// <summary>The input has ended: gives what is left. Asked again while it fills the span.</summary>
    /// <param name="output">As above.</param>
    /// <param name="written">As above.</param>
    /// <returns>False when the body ends before its end.</returns>
    bool TryFinish(Span<byte> output, out int written);

    /// <summary>Why the body cannot go on.</summary>
    BodyFault Fault { get; }
}
