using Sluice.Exporter.Scraping;

namespace Sluice.Exporter.Tests.Support;

/// <summary>A reading that is under way.</summary>
internal sealed record ManualRead(TimeSpan Deadline, CancellationToken Cancellation)
{
    public TaskCompletionSource<IReadOnlyList<KindObjects>> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="objects">That were found.</param>
    public void Complete(params IReadOnlyList<KindObjects> objects) => Result.SetResult(objects);
}
