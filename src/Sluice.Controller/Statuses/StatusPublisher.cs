using Sluice.Controller.Publishing;
using Sluice.Resources;

namespace Sluice.Controller.Statuses;

/// <summary>Says which statuses are wanted, from what is in force.</summary>
internal sealed class StatusPublisher(StatusBook book, IReadOnlyList<string> controllerNames)
{
    private readonly Lock _lock = new();
    private readonly RefusedStatuses _refused = new(controllerNames);
    private readonly SupportedVersion _version = new();
    private ControllerState? _state;
    private volatile string? _bundleVersion;

    /// <summary>See <see cref="SetBundleVersion"/>.</summary>
    public string? BundleVersion => _bundleVersion;

    /// <summary>Of the Gateway API's CRDs in the cluster; null when it is not known.</summary>
    public void SetBundleVersion(string? version)
    {
        lock (_lock)
        {
            if (_bundleVersion == version)
                return;
            _bundleVersion = version;
            if (_state is not null)
                Publish(_state);
        }
    }

    public void Publish(ControllerState state)
    {
        lock (_lock)
        {
            _state = state;
            var translation = state.Translation;
            Want("GatewayClass", _version.Complete(translation.GatewayClasses, _bundleVersion));
            Want("Gateway", state.Gateways);
            Want("ListenerSet", state.ListenerSets);
            foreach (var (kind, statuses) in translation.RoutesByKind)
                Want(kind, statuses);
            foreach (var (kind, statuses) in translation.PoliciesByKind)
                Want(kind, statuses);
            foreach (var (kind, statuses) in translation.ObjectsByKind)
                Want(kind, statuses);

            void Want<T>(string kind, IReadOnlyDictionary<NamespacedName, T> served)
                where T : class => book.Want(kind, _refused.Add(kind, served, state.Update.Refused, state.Snapshot, translation));
        }
    }
}
