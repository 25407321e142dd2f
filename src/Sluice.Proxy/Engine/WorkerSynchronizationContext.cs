namespace Sluice.Proxy.Engine;

/// <summary>
/// Makes `await` on a worker come back to the worker: continuations go through its mailbox. Code on the slow lane can so be
/// written as ordinary async methods that touch the worker's state without locks.
/// </summary>
internal sealed class WorkerSynchronizationContext(Mailbox mailbox) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => mailbox.Post(d, state);

    /// <summary>Never supported: waiting for a worker from another thread would invite deadlocks.</summary>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A worker is never waited for; use Post.");

    public override SynchronizationContext CreateCopy() => this;
}
