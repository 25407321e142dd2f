using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Statuses;

/// <summary>What one of our controllers says of an object for one parent or ancestor.</summary>
internal sealed record StatusEntry(ParentReference Reference, string ControllerName, IReadOnlyList<Condition> Conditions);
