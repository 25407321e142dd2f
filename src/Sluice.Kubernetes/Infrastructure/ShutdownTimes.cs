using Sluice.Resources.Kgateway;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>
/// How a pod ends. A deleted pod leaves the Service's endpoints while it is being told to stop, and for some seconds more the
/// nodes still send new connections to it. The proxy itself takes them for a while, unready, before it drains: no preStop hook
/// is needed, which would sleep while the proxy does not know yet that it will end.
/// </summary>
/// <param name="Delay">Seconds that new connections are taken after SIGTERM.</param>
/// <param name="Drain">Seconds that requests in flight have from then on.</param>
/// <param name="Grace">terminationGracePeriodSeconds.</param>
internal readonly record struct ShutdownTimes(int Delay, int Drain, int Grace)
{
    private const int DefaultDelay = 5;
    private const int DefaultDrain = 30;

    /// <summary>Seconds that a process may need to end after its drain.</summary>
    private const int Margin = 5;

    public static ShutdownTimes Of(PodParameters pod, List<string> warnings)
    {
        var delay = pod.IsShutdownGraceful == false ? 0 : pod.ShutdownSleepSeconds ?? DefaultDelay;
        if (pod.TerminationGracePeriodSeconds is not { } grace)
            return new ShutdownTimes(delay, DefaultDrain, delay + DefaultDrain + Margin);
        if (delay >= grace && delay > 0)
        {
            warnings.Add($"spec.kube.podTemplate: terminationGracePeriodSeconds is {grace}, which leaves no time to drain after {delay} s of gracefulShutdown.sleepTimeSeconds: {grace / 2} s are taken for it");
            delay = grace / 2;
        }

        return new ShutdownTimes(delay, Math.Max(0, grace - delay - Math.Min(Margin, (grace - delay) / 2)), grace);
    }
}
