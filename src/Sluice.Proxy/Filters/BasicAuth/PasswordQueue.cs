using System.Runtime.InteropServices;

namespace Sluice.Proxy.Filters.BasicAuth;

/// <summary>
/// Checks passwords beside the workers, a few at a time. What waits is bounded, for all and for each client address, so that a
/// flood of wrong passwords costs a known part of the machine and one client cannot take all of it. One for the process.
/// </summary>
internal sealed class PasswordQueue : IDisposable
{
    /// <summary>Checks that may wait or run, over all clients.</summary>
    public const int DefaultCapacity = 256;

    /// <summary>Of these, from one address.</summary>
    public const int DefaultClientCapacity = 16;

    private readonly SemaphoreSlim _slots;
    private readonly int _capacity;
    private readonly int _clientCapacity;
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, int> _clients = [];
    private int _count;

    /// <param name="concurrency">Checks that run at the same time. Default: half of the processors, at least one.</param>
    /// <param name="capacity">Checks that may wait or run.</param>
    /// <param name="clientCapacity">Of these, from one address.</param>
    public PasswordQueue(int? concurrency = null, int capacity = DefaultCapacity, int clientCapacity = DefaultClientCapacity)
    {
        _slots = new SemaphoreSlim(concurrency ?? Math.Max(1, Environment.ProcessorCount / 2));
        _capacity = capacity;
        _clientCapacity = clientCapacity;
    }

    /// <summary>Has a check run on the thread pool when its turn has come.</summary>
    /// <returns>Null when there is no room.</returns>
    public Task<bool>? TryRun(UInt128 client, Func<bool> check)
    {
        lock (_lock)
        {
            if (_count >= _capacity)
                return null;
            ref int own = ref CollectionsMarshal.GetValueRefOrAddDefault(_clients, client, out _);
            if (own >= _clientCapacity)
                return null;
            own++;
            _count++;
        }
        return Task.Run(() => RunAsync(client, check));
    }

    private async Task<bool> RunAsync(UInt128 client, Func<bool> check)
    {
        await _slots.WaitAsync().ConfigureAwait(false);
        try
        {
            return check();
        }
        finally
        {
            _slots.Release();
            Leave(client);
        }
    }

    private void Leave(UInt128 client)
    {
        lock (_lock)
        {
            _count--;
            if (--CollectionsMarshal.GetValueRefOrNullRef(_clients, client) == 0)
                _clients.Remove(client);
        }
    }

    public void Dispose() => _slots.Dispose();
}
