using System.Text.Json;
using Sluice.Kubernetes.Client;

namespace Sluice.Kubernetes.Leases;

/// <summary>
/// At most one of several candidates leads, by a Lease (coordination.k8s.io/v1). The times in the Lease are for people: a candidate
/// measures, by its own clock that only goes forward, how long the Lease has not changed, and a leader how long ago it asked for
/// its last renewal. So a leader that is cut off steps down (after <see cref="LeaderElectionOptions.RenewDeadline"/>) before
/// another may take its place (after <see cref="LeaderElectionOptions.LeaseDuration"/>), whatever the time of day does.
/// </summary>
public sealed class LeaderElection
{
    private readonly KubernetesClient _client;
    private readonly LeaderElectionOptions _options;
    private LeaseRecord? _observed;
    private long _observedAt;
    private long _renewedAt;
    private string? _problem;
    private volatile string _leader = "";
    private volatile bool _isLeading;

    /// <param name="client">Its requests should not take longer than the renewal deadline; they are cut off there.</param>
    /// <param name="options">Who stands for election and where.</param>
    /// <exception cref="ArgumentException">The times do not fit together.</exception>
    public LeaderElection(KubernetesClient client, LeaderElectionOptions options)
    {
        if (options.Identity.Length == 0)
            throw new ArgumentException("A candidate needs an identity.", nameof(options));
        if (options.LeaseDuration < TimeSpan.FromSeconds(1) || options.RenewDeadline >= options.LeaseDuration || options.RetryPeriod * 1.2 >= options.RenewDeadline || options.RetryPeriod <= TimeSpan.Zero)
            throw new ArgumentException("LeaseDuration (1 s or more) must be longer than RenewDeadline, and that longer than 1.2 times RetryPeriod.", nameof(options));
        _client = client;
        _options = options;
    }

    /// <summary>
    /// Whether this candidate may act as the leader at this moment. Also false when its thread could not run for longer than the
    /// renewal deadline: another may lead by now. May be read from any thread.
    /// </summary>
    public bool IsLeader => _isLeading && Since(Interlocked.Read(ref _renewedAt)) < _options.RenewDeadline;

    /// <summary>The identity of who leads, as far as is known; "" for nobody. May be read from any thread.</summary>
    public string Leader => _leader;

    /// <summary>Stands for election until it is cancelled, again and again after each loss.</summary>
    /// <param name="lead">
    /// Called each time this candidate has become the leader; its token is cancelled when it is so no longer. The next election
    /// waits until it returns. An exception of it ends the election, and is thrown on after the Lease was given up.
    /// </param>
    /// <param name="cancellation">Ends it in good order: the leader's work is cancelled and awaited, then the Lease is given up.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> lead, CancellationToken cancellation)
    {
        while (true)
        {
            await AcquireAsync(cancellation).ConfigureAwait(false);
            using var leading = new CancellationTokenSource();
            var work = Start(lead, leading.Token);
            try
            {
                await RenewAsync(work, cancellation).ConfigureAwait(false);
            }
            finally
            {
                await StopAsync(work, leading).ConfigureAwait(false);
            }

            await PauseAsync(cancellation).ConfigureAwait(false);
        }
    }

    private Task PauseAsync(CancellationToken cancellation) => Task.Delay(_options.RetryPeriod * (1 + (0.2 * _options.Random())), _options.Clock, cancellation);

    private static async Task Start(Func<CancellationToken, Task> lead, CancellationToken cancellation)
    {
        await Task.Yield();
        await lead(cancellation).ConfigureAwait(false);
    }

    private async Task AcquireAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (await TryAsync(_options.RenewDeadline, cancellation).ConfigureAwait(false))
            {
                _isLeading = true;
                return;
            }

            await PauseAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Returns when the leadership is lost, or the leader's work has ended by itself.</summary>
    private async Task RenewAsync(Task work, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.WhenAny(work, Task.Delay(_options.RetryPeriod, _options.Clock, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (work.IsCompleted)
                return;
            var left = _options.RenewDeadline - Since(_renewedAt);
            if (left <= TimeSpan.Zero)
                return;
            await TryAsync(left, cancellation).ConfigureAwait(false);
            if (_observed is { } seen && seen.Holder != _options.Identity)
                return;
        }
    }

    private async Task StopAsync(Task work, CancellationTokenSource leading)
    {
        // Nobody else may lead while the work goes on: what is not fenced by the token is fenced by the Lease that runs out.
        _isLeading = false;
        await leading.CancelAsync().ConfigureAwait(false);
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (leading.IsCancellationRequested)
        {
            // As it was told.
        }
        finally
        {
            await ReleaseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>One attempt to get or keep the Lease; true when it is ours.</summary>
    private async Task<bool> TryAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var time = new CancellationTokenSource(limit, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        try
        {
            var isOurs = await TryOnceAsync(either.Token).ConfigureAwait(false);
            Report(null);
            return isOurs;
        }
        catch (Exception error) when (error is ApiException or JsonException)
        {
            Report(error.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Report($"Lease {_options.Lease}: no answer within {limit.TotalSeconds:0.#} s");
        }

        return false;
    }

    private async Task<bool> TryOnceAsync(CancellationToken cancellation)
    {
        // Who holds it writes at once what was seen last; all others look first.
        if (_observed?.Holder != _options.Identity)
            await ObserveAsync(cancellation).ConfigureAwait(false);
        if (!MayTake)
            return false;
        try
        {
            await WriteAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (ApiException error) when (error.IsConflict || error.IsNotFound)
        {
            // Another was faster, or the answer to our last write was lost, or the Lease was deleted.
            await ObserveAsync(cancellation).ConfigureAwait(false);
        }

        if (_observed?.Holder != _options.Identity)
            return false;
        await WriteAsync(cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether the Lease is ours, free, or has not changed for as long as its holder asked for.</summary>
    private bool MayTake => _observed is not { } seen
        || seen.Holder == _options.Identity
        || seen.Holder.Length == 0
        || Since(_observedAt) >= (seen.Duration > _options.LeaseDuration ? seen.Duration : _options.LeaseDuration);

    private async Task WriteAsync(CancellationToken cancellation)
    {
        var now = _options.Clock.GetUtcNow();
        var asked = _options.Clock.GetTimestamp();
        var answer = _observed is { } seen
            ? await _client.PatchAsync(ApiResources.Leases, _options.Lease, PatchType.Merge, Ours(seen, now).Write(null, now), null, cancellation).ConfigureAwait(false)
            : await _client.CreateAsync(ApiResources.Leases, _options.Lease.Namespace, Ours(null, now).Write(_options.Lease.Name, now), null, cancellation).ConfigureAwait(false);
        Observe(LeaseRecord.Read(answer));
        Interlocked.Exchange(ref _renewedAt, asked);
    }

    private LeaseRecord Ours(LeaseRecord? seen, DateTimeOffset now)
    {
        var isOurs = seen?.Holder == _options.Identity;
        return new LeaseRecord(
            seen?.ResourceVersion ?? "",
            _options.Identity,
            _options.LeaseDuration,
            isOurs ? seen!.AcquireTime : LeaseRecord.MicroTime(now),
            seen is null ? 0 : isOurs ? seen.Transitions : seen.Transitions + 1);
    }

    private async Task ObserveAsync(CancellationToken cancellation)
    {
        var json = await _client.FindAsync(ApiResources.Leases, _options.Lease, cancellation).ConfigureAwait(false);
        if (json is { } found)
            Observe(LeaseRecord.Read(found));
        else
            _observed = null;
    }

    private void Observe(LeaseRecord seen)
    {
        if (_observed?.ResourceVersion != seen.ResourceVersion)
            _observedAt = _options.Clock.GetTimestamp();
        _observed = seen;
        if (_leader == seen.Holder)
            return;
        _leader = seen.Holder;
        _options.OnLeaderChanged?.Invoke(seen.Holder);
    }

    private async Task ReleaseAsync()
    {
        if (!_options.ReleaseOnStop || _observed is not { } seen || seen.Holder != _options.Identity)
            return;
        using var time = new CancellationTokenSource(_options.RetryPeriod, _options.Clock);
        try
        {
            var free = seen with { Holder = "", Duration = TimeSpan.FromSeconds(1) };
            Observe(LeaseRecord.Read(await _client.PatchAsync(ApiResources.Leases, _options.Lease, PatchType.Merge, free.Write(null, _options.Clock.GetUtcNow()), null, time.Token).ConfigureAwait(false)));
        }
        catch (Exception error) when (error is ApiException or JsonException or OperationCanceledException)
        {
            // It runs out by itself.
            Report($"Lease {_options.Lease} could not be given up: {error.Message}");
            _observed = null;
        }
    }

    private TimeSpan Since(long timestamp) => _options.Clock.GetElapsedTime(timestamp);

    private void Report(string? problem)
    {
        if (_problem == problem)
            return;
        _problem = problem;
        _options.OnProblem?.Invoke(problem);
    }
}
