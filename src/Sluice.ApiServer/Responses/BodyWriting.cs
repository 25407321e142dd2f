namespace Sluice.ApiServer.Responses;

/// <summary>Writing the bodies of answers that are made while they are sent.</summary>
internal static class BodyWriting
{
    /// <exception cref="OperationCanceledException">The client has not taken the bytes in time, or is gone.</exception>
    public static async ValueTask WritePatientlyAsync(this Stream body, ReadOnlyMemory<byte> bytes, TimeSpan timeout, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(timeout);
        await body.WriteAsync(bytes, patience.Token).ConfigureAwait(false);
        await body.FlushAsync(patience.Token).ConfigureAwait(false);
    }
}
