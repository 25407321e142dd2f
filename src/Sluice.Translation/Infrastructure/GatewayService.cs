using Sluice.Resources;
using Sluice.Resources.Core;

namespace Sluice.Translation.Infrastructure;

/// <summary>
/// The Service that stands for a Gateway in its namespace: without a selector, with the Gateway's ports, and with the labels and
/// annotations of spec.infrastructure (GEP-1867), for whoever finds Gateways by such objects.
/// </summary>
/// <param name="Key">In the Gateway's namespace.</param>
/// <param name="Labels">Those of spec.infrastructure, and the name of the Gateway.</param>
/// <param name="Annotations">Those of spec.infrastructure.</param>
/// <param name="Ports">One per port number and transport protocol of the listeners.</param>
public sealed record GatewayService(
    NamespacedName Key,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    IReadOnlyList<ServicePort> Ports);
