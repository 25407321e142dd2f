using Sluice.Resources.Kgateway;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>
/// How a pod ends. A deleted pod leaves the Service's endpoints while it is being told to stop, and for some seconds more the
/// nodes still send new connections to it: it goes on as before for that long (preStop), then drains, then is killed.
/// </summary>
/// <param name="Sleep">Seconds before the proxy is told to stop.</param>
/// <param name="Drain">Seconds that requests in flight have from then on.</param>
/// <param name="Grace">terminationGracePeriodSeconds.</param>
internal readonly record struct ShutdownTimes(int Sleep, int Drain, int Grace)
{
    private const int DefaultSleep = 5;
    private const int DefaultDrain = 30;

    /// <summary>Seconds that a process may need to end after its drain.</summary>
    private const int Margin = 5;

    public static ShutdownTimes Of(PodParameters pod, List<string> warnings)
    {
        var sleep = pod.IsShutdownGraceful == false ? 0 : pod.ShutdownSleepSeconds ?? DefaultSleep;
        if (pod.TerminationGracePeriodSeconds is not { } grace)
            return new ShutdownTimes(sleep, DefaultDrain, sleep + DefaultDrain + Margin);
        if (sleep >= grace && sleep > 0)
        {
            warnings.Add($"spec.kube.podTemplate: terminationGracePeriodSeconds is {grace}, which leaves no time to drain after {sleep} s of sleep; half of it is slept");
            sleep = grace / 2;
        }

        return new ShutdownTimes(sleep, Math.Max(0, grace - sleep - Math.Min(Margin, (grace - sleep) / 2)), grace);
    }
}
