using System.Net;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Addresses;

/// <summary>
/// Gives each Gateway one address for all its listeners: the first one of the pool on which none of its ports is taken by
/// another Gateway. A Gateway keeps its address as long as that holds; new ones are served in order of their names, so that
/// the same manifests get the same addresses.
/// </summary>
public sealed class GatewayAddressPool : IPreparedAddresses
{
    private readonly IReadOnlyList<IPAddress> _candidates;
    private readonly Func<IPAddress, bool> _isLocal;
    private readonly IReadOnlyList<string> _controllerNames;
    private readonly Dictionary<NamespacedName, string> _remembered = [];
    private Dictionary<NamespacedName, AddressLease> _leases = [];
    private ResourceSnapshot? _prepared;

    /// <param name="candidates">In order of preference, at most <see cref="AddressRange.MaxAddresses"/> are used.</param>
    /// <param name="controllerNames">As in <see cref="TranslatorOptions.ControllerNames"/>: Gateways of other classes get no address.</param>
    /// <param name="isLocal">Whether an address of spec.addresses can be bound on this machine; null asks the machine.</param>
    public GatewayAddressPool(IEnumerable<IPAddress> candidates, IReadOnlyList<string> controllerNames, Func<IPAddress, bool>? isLocal = null)
    {
        _candidates = [.. candidates.Take(AddressRange.MaxAddresses)];
        _controllerNames = controllerNames;
        _isLocal = isLocal ?? LocalAddress.CanBind;
    }

    /// <summary>
    /// What a Gateway had before this process was started: it gets the same again, if that is an address of the pool and its ports
    /// are free there. To be called before the first snapshot is prepared.
    /// </summary>
    public void Remember(NamespacedName gateway, string address)
    {
        if (_candidates.Any(candidate => candidate.ToString() == address))
            _remembered[gateway] = address;
    }

    /// <summary>Settles who has which address, for all Gateways of a snapshot at once. To be called before it is translated.</summary>
    public void Prepare(ResourceSnapshot snapshot)
    {
        if (_prepared is not null && ReferenceEquals(_prepared.Gateways, snapshot.Gateways) && ReferenceEquals(_prepared.GatewayClasses, snapshot.GatewayClasses) && ReferenceEquals(_prepared.ListenerSets, snapshot.ListenerSets))
            return;
        _prepared = snapshot;
        var occupied = new OccupiedPorts();
        var ports = new SetPorts(snapshot);
        var leases = new Dictionary<NamespacedName, AddressLease>();
        var gateways = snapshot.Gateways.Values.Where(gateway => IsClaimed(gateway, snapshot))
            .OrderBy(Rank).ThenBy(gateway => gateway.Key.ToString(), StringComparer.Ordinal);
        foreach (var gateway in gateways)
        {
            var lease = Keep(gateway, ports, occupied) ?? Lease(gateway, ports.With(gateway), occupied);
            occupied.Add(lease.Addressing.Bind, lease.Ports, gateway.Key);
            leases.Add(gateway.Key, lease);
        }
        _leases = leases;
    }

    /// <inheritdoc />
    public GatewayAddressing Assign(Gateway gateway) => _leases.TryGetValue(gateway.Key, out var lease)
        ? lease.Addressing
        : throw new InvalidOperationException($"Gateway {gateway.Key} is not in the snapshot that addresses were prepared for.");

    private bool IsClaimed(Gateway gateway, ResourceSnapshot snapshot) =>
        !snapshot.GatewayClasses.TryGetValue(new NamespacedName("", gateway.GatewayClassName), out var gatewayClass)
        || _controllerNames.Contains(gatewayClass.ControllerName);

    /// <summary>Who is asked first: unchanged ones, then those that name their address, then changed ones, then new ones.</summary>
    private int Rank(Gateway gateway)
    {
        var held = _leases.GetValueOrDefault(gateway.Key);
        if (held is not null && held.IsFor(gateway))
            return 0;
        if (Wanted(gateway).Count > 0)
            return 1;
        return held is not null || _remembered.ContainsKey(gateway.Key) ? 2 : 3;
    }

    // The ports of its ListenerSets move no Gateway away: others depend on where it is.
    private AddressLease? Keep(Gateway gateway, SetPorts setPorts, OccupiedPorts occupied)
    {
        var held = _leases.GetValueOrDefault(gateway.Key);
        if (held is null || held.Addressing.Problem is not null || !held.WantsSame(gateway))
            return null;
        var ports = AddressLease.PortsOf(gateway);
        return held.Addressing.Bind.Any(address => occupied.Owner(address, ports) is not null) ? null : new AddressLease(gateway, setPorts.With(gateway), held.Addressing);
    }

    private AddressLease Lease(Gateway gateway, IReadOnlyList<int> ports, OccupiedPorts occupied)
    {
        var wanted = Wanted(gateway);
        if (wanted.Count > 0)
            return new AddressLease(gateway, ports, LeaseWanted(wanted, ports, occupied));
        var candidates = _candidates.Select(candidate => candidate.ToString());
        foreach (var address in _remembered.TryGetValue(gateway.Key, out var remembered) ? candidates.Prepend(remembered) : candidates)
        {
            if (occupied.Owner(address, ports) is null)
                return new AddressLease(gateway, ports, GatewayAddressing.Of(address));
        }
        var reason = _candidates.Count == 1
            ? $"{_candidates[0]} is the only address, and Gateway {occupied.Owner(_candidates[0].ToString(), ports)} has one of the ports; name more addresses with --address-pool"
            : $"none of the {_candidates.Count} addresses has all of the ports free";
        return new AddressLease(gateway, ports, new GatewayAddressing([], [], reason));
    }

    private GatewayAddressing LeaseWanted(List<string> wanted, IReadOnlyList<int> ports, OccupiedPorts occupied)
    {
        var usable = new List<string>();
        var problems = new List<string>();
        foreach (var value in wanted)
        {
            if (!IPAddress.TryParse(value, out var address))
                problems.Add($"\"{value}\" is not an IP address");
            else if (!_isLocal(address))
                problems.Add($"{address} is not an address of this machine");
            else if (occupied.Owner(address.ToString(), ports) is { } owner)
                problems.Add($"Gateway {owner} has one of the ports on {address}");
            else
                usable.Add(address.ToString());
        }
        var addressing = GatewayAddressing.Of(usable);
        return problems.Count == 0 ? addressing : addressing with { Problem = $"spec.addresses: {string.Join("; ", problems)}" };
    }

    private static List<string> Wanted(Gateway gateway) =>
        [.. gateway.Addresses.Where(address => address.Type == "IPAddress" && !string.IsNullOrEmpty(address.Value)).Select(address => address.Value!)];
}
