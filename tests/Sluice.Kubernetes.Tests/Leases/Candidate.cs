using System.Collections.Immutable;
using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Leases;
using Sluice.Kubernetes.Tests.Support;
using Sluice.Resources;

namespace Sluice.Kubernetes.Tests.Leases;

/// <summary>A candidate with a clock of its own, whose time passes only in pauses: what it asks for is answered at once.</summary>
internal sealed class Candidate : IAsyncDisposable
{
    public static readonly NamespacedName Lease = new("sluice-system", "controller");

    private readonly CancellationTokenSource _stop = new();
    private readonly KubernetesClient _client;
    private readonly Task _running;

    public Candidate(FakeApiServer server, string identity, Func<CancellationToken, Task>? lead = null)
    {
        _client = new KubernetesClient(new ClusterAccess { Server = server.Uri, Headers = [new("X-Candidate", identity)] });
        Election = new LeaderElection(_client, new LeaderElectionOptions
        {
            Lease = Lease,
            Identity = identity,

            // Not a multiple of the retry period, so that pauses and time limits can be told apart.
            RenewDeadline = TimeSpan.FromSeconds(9),
            Clock = Clock,
            Random = () => 0,
            OnProblem = problem => Problems = Problems.Add(problem),
            OnLeaderChanged = leader => Leaders = Leaders.Add(leader),
        });
        _running = Election.RunAsync(lead ?? LeadAsync, _stop.Token);
    }

    public ManualTime Clock { get; } = new();

    public LeaderElection Election { get; }

    public ImmutableList<string?> Problems { get; private set; } = [];

    public ImmutableList<string> Leaders { get; private set; } = [];

    /// <summary>How often it began to lead.</summary>
    public int Terms { get; private set; }

    /// <summary>Whether its work as a leader goes on.</summary>
    public bool IsWorking { get; private set; }

    public Task Running => _running;

    /// <summary>Waits until it waits for its next attempt.</summary>
    public Task PauseAsync() => Clock.WaitForTimerAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

    /// <summary>Lets time pass, attempts included.</summary>
    public async Task PassAsync(double seconds)
    {
        for (var left = seconds; left > 0; left--)
        {
            await PauseAsync();
            Clock.Advance(TimeSpan.FromSeconds(Math.Min(left, 1)));
        }

        await PauseAsync();
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task LeadAsync(CancellationToken cancellation)
    {
        Terms++;
        IsWorking = true;
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        finally
        {
            IsWorking = false;
        }
    }
}
