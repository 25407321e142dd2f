using Sluice.Configuration;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry;

namespace Sluice.Proxy.Runtime;

/// <summary>
/// The listeners of one Gateway in force, in the order of its configuration. What is wrong with some of them is kept beside, so that
/// the thousands with which nothing is wrong need not be asked at every change.
/// </summary>
/// <param name="gateway">As "namespace/name".</param>
/// <param name="workers">How many there are.</param>
/// <param name="metrics">Of the whole process.</param>
internal sealed class GatewayListeners(string gateway, int workers, ListenerMetricsBook metrics)
{
    private readonly GatewayTls _tls = new(gateway);
    private readonly SortedDictionary<string, RuntimeListener> _troubled = new(StringComparer.Ordinal);

    /// <summary>What is counted of the rules.</summary>
    public RuleMetricsBook Rules { get; } = new(workers);

    public RuntimeListener[] Current { get; private set; } = [];

    /// <summary>Builds the listeners of a configuration and makes them the current ones.</summary>
    /// <param name="listeners">With unique names.</param>
    /// <param name="changed">From <see cref="ListenerChanges"/>.</param>
    /// <param name="compiler">Of the whole configuration.</param>
    public void Update(IReadOnlyList<Listener> listeners, List<int>? changed, RouteCompiler compiler)
    {
        var replacements = changed is null ? CompileAll(listeners, compiler) : Compile(listeners, changed, compiler);
        foreach (var (before, now) in replacements)
        {
            if (before is not null)
                _troubled.Remove(before.Source.Name);
            if (now is null)
                metrics.Remove(before!.Metrics!);
        }

        _tls.Prepare(replacements);
        foreach (var (_, now) in replacements)
        {
            if (now is { } listener && IsTroubled(listener))
                _troubled[listener.Source.Name] = listener;
        }
    }

    /// <summary>Adds what keeps listeners from serving, and what is wrong beside.</summary>
    public void Report(List<ApplyError> errors, ISet<string> warnings)
    {
        foreach (var (name, listener) in _troubled)
        {
            if (listener.TlsProblem is { } problem)
                errors.Add(new ApplyError(name, problem, listener.TlsProblemReason));
            foreach (var warning in listener.Tls?.Problems ?? [])
                warnings.Add($"listener {name}: {warning}");
            warnings.UnionWith(listener.Problems);
        }
    }

    /// <summary>The Gateway is not served any more.</summary>
    public void Clear()
    {
        foreach (var listener in Current)
            metrics.Remove(listener.Metrics!);
        Current = [];
    }

    private static bool IsTroubled(RuntimeListener listener) =>
        listener.TlsProblem is not null || listener.Tls?.Problems.Count > 0 || listener.Problems.Count > 0;

    private List<ListenerReplacement> Compile(IReadOnlyList<Listener> listeners, List<int> changed, RouteCompiler compiler)
    {
        var current = (RuntimeListener[])Current.Clone();
        var replacements = new List<ListenerReplacement>(changed.Count);
        foreach (var position in changed)
        {
            var before = Current[position];
            current[position] = Compile(listeners[position], before, compiler);
            replacements.Add(new ListenerReplacement(before, current[position]));
        }

        Current = current;
        return replacements;
    }

    private List<ListenerReplacement> CompileAll(IReadOnlyList<Listener> listeners, RouteCompiler compiler)
    {
        var gone = Current.ToDictionary(listener => listener.Source.Name, StringComparer.Ordinal);
        var current = new RuntimeListener[listeners.Count];
        var replacements = new List<ListenerReplacement>();
        for (var i = 0; i < current.Length; i++)
        {
            gone.Remove(listeners[i].Name, out var before);
            current[i] = Compile(listeners[i], before, compiler);
            if (!ReferenceEquals(before, current[i]))
                replacements.Add(new ListenerReplacement(before, current[i]));
        }

        replacements.AddRange(gone.Values.Select(listener => new ListenerReplacement(listener, null)));
        Current = current;
        return replacements;
    }

    private RuntimeListener Compile(Listener listener, RuntimeListener? before, RouteCompiler compiler)
    {
        var compiled = compiler.Compile(listener, before);
        compiled.Metrics = before?.Metrics ?? metrics.Add(gateway, listener.Name, Rules);
        compiled.Metrics.Protocol = listener.Protocol;
        return compiled;
    }
}
