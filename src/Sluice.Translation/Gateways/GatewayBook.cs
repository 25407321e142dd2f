using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Certificates;
using Sluice.Translation.Changes;
using Sluice.Translation.Policies.Listeners;
using Sluice.Translation.References;

namespace Sluice.Translation.Gateways;

/// <summary>
/// The Gateways that are ours with their ListenerSets, kept from snapshot to snapshot. Only those are judged anew that changed,
/// or that refer to what changed: thousands of sets with a certificate each are the case to have in mind.
/// </summary>
internal sealed partial class GatewayBook(TranslatorOptions options, ListenerPolicies policies)
{
    private readonly ListenerPolicies _policies = policies;
    private readonly Dictionary<NamespacedName, GatewayState> _states = [];
    private readonly Dictionary<NamespacedName, ListenerOwner> _sets = [];
    private readonly ListenerSetIndex _setsOf = new();
    private readonly ReferenceIndex _references = new();
    private readonly Schedule _schedule = new();
    private readonly CertificateStore _certificates = new();
    private readonly CaStore _authorities = new();
    private long _addresses;

    public TranslatorOptions Options { get; } = options;

    public IReadOnlyDictionary<NamespacedName, GatewayState> States => _states;

    /// <summary>Of the certificates that Gateways and sets refer to.</summary>
    public IReadOnlyCollection<CertificateValidity> Certificates => _certificates.Validities;

    /// <summary>Whether addresses have changed since the last update.</summary>
    public bool HasNewAddresses => Options.Addresses.Version != _addresses;

    /// <summary>Number of Secrets read since the book was begun: what memoization is measured by.</summary>
    public long CertificateReads => _certificates.Reads;

    /// <summary>When what is said of Gateways and sets changes by time alone; null when it does not.</summary>
    public DateTimeOffset? ChangesAt => _schedule.Next;

    public bool IsOurs(GatewayClass gatewayClass) => Options.ControllerNames.Contains(gatewayClass.ControllerName);

    /// <summary>A Gateway of ours, or a ListenerSet that names one; null for others.</summary>
    public ListenerOwner? Find(ParentKey key) => key.IsSet ? _sets.GetValueOrDefault(key.Name) : _states.GetValueOrDefault(key.Name)?.Own;

    /// <summary>Takes over a snapshot.</summary>
    public GatewayChanges Update(ResourceSnapshot snapshot, SnapshotChanges changes, GrantIndex grants, DateTimeOffset? now)
    {
        var due = Due(snapshot, changes, now);
        var regrouped = Regroup(snapshot, changes);
        var pass = new Pass(this, snapshot, grants, now, due, regrouped);
        foreach (var key in Concerned(due, regrouped))
            pass.Update(key);
        var addresses = Options.Addresses.Version;
        if (changes.Gateways.Count > 0 || changes.GatewayClasses.Count > 0 || addresses != _addresses)
            Readdress();
        _addresses = addresses;
        foreach (var secret in _references.TakeAbandoned("Secret"))
            _certificates.Forget(secret);
        foreach (var secret in changes.Secrets)
        {
            if (!snapshot.Secrets.ContainsKey(secret))
                _certificates.Forget(secret);
        }
        return new GatewayChanges(pass.Parents, pass.Dropped, pass.Gateways);
    }

    // What is to be judged anew.
    private HashSet<ParentKey> Due(ResourceSnapshot snapshot, SnapshotChanges changes, DateTimeOffset? now)
    {
        var due = new HashSet<ParentKey>();
        foreach (var key in changes.Gateways)
            due.Add(new ParentKey(false, key));
        foreach (var key in changes.ListenerSets)
            due.Add(new ParentKey(true, key));
        _references.AddUsers("Secret", changes.Secrets, due);
        _references.AddUsers("ConfigMap", changes.ConfigMaps, due);
        if (changes.ReferenceGrants.Count > 0)
            _references.AddGuests(changes.ReferenceGrants.Select(key => key.Namespace).ToHashSet(StringComparer.Ordinal), due);
        if (changes.GatewayClasses.Count > 0)
        {
            foreach (var (key, gateway) in snapshot.Gateways)
            {
                if (changes.GatewayClasses.Contains(new NamespacedName("", gateway.GatewayClassName)))
                    due.Add(new ParentKey(false, key));
            }
        }
        if (changes.GatewayParameters.Count > 0 && Options.RequireParameters)
            AddByParameters(snapshot, changes.GatewayParameters, due);
        if (changes.Namespaces.Count > 0)
        {
            foreach (var set in _sets.Values)
            {
                if (changes.Namespaces.Contains(new NamespacedName("", set.Key.Name.Namespace)))
                    due.Add(set.Key);
            }
        }
        if (now is { } time)
            _schedule.TakeDue(time, due);
        return due;
    }

    private static void AddByParameters(ResourceSnapshot snapshot, IReadOnlySet<NamespacedName> changed, HashSet<ParentKey> due)
    {
        foreach (var (key, gateway) in snapshot.Gateways)
        {
            var ofClass = snapshot.GatewayClasses.GetValueOrDefault(new NamespacedName("", gateway.GatewayClassName))?.ParametersRef;
            var own = gateway.Infrastructure?.ParametersRef;
            if ((ofClass is not null && changed.Contains(new NamespacedName(ofClass.Namespace ?? "", ofClass.Name)))
                || (own is not null && changed.Contains(new NamespacedName(key.Namespace, own.Name))))
                due.Add(new ParentKey(false, key));
        }
    }

    // The Gateways whose sets may be others than before.
    private HashSet<NamespacedName> Regroup(ResourceSnapshot snapshot, SnapshotChanges changes)
    {
        var gateways = new HashSet<NamespacedName>();
        foreach (var key in changes.ListenerSets)
            _setsOf.Update(key, snapshot.ListenerSets.GetValueOrDefault(key)?.Gateway, gateways);
        return gateways;
    }

    // The Gateways with something due. In order of names, so that addresses are given out the same way each time.
    private IEnumerable<NamespacedName> Concerned(HashSet<ParentKey> due, HashSet<NamespacedName> regrouped)
    {
        var gateways = new HashSet<NamespacedName>(regrouped);
        foreach (var key in due)
        {
            if (!key.IsSet)
                gateways.Add(key.Name);
            else if (_sets.TryGetValue(key.Name, out var set))
                gateways.Add(set.Gateway.Own.Key.Name);
        }
        return gateways.OrderBy(key => key.Namespace, StringComparer.Ordinal).ThenBy(key => key.Name, StringComparer.Ordinal);
    }

    // Gateways share addresses: one that goes may leave its address to another one, which itself has not changed.
    private void Readdress()
    {
        foreach (var state in _states.Values)
        {
            var evaluation = state.Evaluation;
            if (evaluation.Refused is null && Options.Addresses.Assign(evaluation.Gateway) is var addressing && addressing != evaluation.Addressing)
                state.Update(evaluation with { Addressing = addressing });
        }
    }

    private bool Claims(Gateway gateway, ResourceSnapshot snapshot, out GatewayClass? gatewayClass) =>
        snapshot.GatewayClasses.TryGetValue(new NamespacedName("", gateway.GatewayClassName), out gatewayClass)
            ? IsOurs(gatewayClass)
            : Options.ClaimUnknownClasses;
}
