using static Sluice.Expressions.Cel.CelOverload;
using static Sluice.Expressions.Cel.CelType;

namespace Sluice.Expressions.Cel;

/// <summary>Kubernetes' CEL libraries for IP addresses and CIDR ranges.</summary>
internal static class NetworkFunctions
{
    public static IEnumerable<CelOverload> All { get; } =
    [
        Function("ip", [CelType.String], Ip, static (in a, in _, in _, _) => CelAddress.TryParse(a.Span, out var address) ? CelValue.Of(new CelAddress(address)) : CelErrors.InvalidIp) with { IsLiteralChecked = true },
        Function("isIP", [CelType.String], Bool, static (in a, in _, in _, _) => CelValue.Of(CelAddress.TryParse(a.Span, out _))),
        Function("ip.isCanonical", [CelType.String], Bool, static (in a, in _, in _, _) =>
            CelAddress.TryParse(a.Span, out var address) ? CelValue.Of(CelValue.Of(address.ToString()).Span.SequenceEqual(a.Span)) : CelErrors.InvalidIp),
        Method("family", [Ip], Int, static (in a, in _, in _, _) => CelValue.Of(a.Address.Value.IsV6 ? 6L : 4L)),
        Method("isUnspecified", [Ip], Bool, static (in a, in _, in _, _) => CelValue.Of(a.Address.Value.IsUnspecified)),
        Method("isLoopback", [Ip], Bool, static (in a, in _, in _, _) => CelValue.Of(a.Address.Value.IsLoopback)),
        Method("isLinkLocalMulticast", [Ip], Bool, static (in a, in _, in _, _) => CelValue.Of(a.Address.Value.IsLinkLocalMulticast)),
        Method("isLinkLocalUnicast", [Ip], Bool, static (in a, in _, in _, _) => CelValue.Of(a.Address.Value.IsLinkLocalUnicast)),
        Method("isGlobalUnicast", [Ip], Bool, static (in a, in _, in _, _) => CelValue.Of(a.Address.Value.IsGlobalUnicast)),

        Function("cidr", [CelType.String], Cidr, static (in a, in _, in _, _) => CelRange.TryParse(a.Span, out var range) ? CelValue.Of(range!) : CelErrors.InvalidCidr) with { IsLiteralChecked = true },
        Function("isCIDR", [CelType.String], Bool, static (in a, in _, in _, _) => CelValue.Of(CelRange.TryParse(a.Span, out _))),
        Method("containsIP", [Cidr, Ip], Bool, static (in a, in b, in _, _) => CelValue.Of(a.Range.Contains(b.Address.Value))),
        Method("containsIP", [Cidr, CelType.String], Bool, static (in a, in b, in _, _) => CelAddress.TryParse(b.Span, out var address) ? CelValue.Of(a.Range.Contains(address)) : CelErrors.InvalidIp),
        Method("containsCIDR", [Cidr, Cidr], Bool, static (in a, in b, in _, _) => CelValue.Of(a.Range.Contains(b.Range))),
        Method("containsCIDR", [Cidr, CelType.String], Bool, static (in a, in b, in _, _) => CelRange.TryParse(b.Span, out var range) ? CelValue.Of(a.Range.Contains(range!)) : CelErrors.InvalidCidr),
        Method("ip", [Cidr], Ip, static (in a, in _, in _, _) => CelValue.Of(new CelAddress(a.Range.Address))),
        Method("masked", [Cidr], Cidr, static (in a, in _, in _, _) => CelValue.Of(a.Range with { Address = a.Range.Address.Masked(a.Range.Prefix) })),
        Method("prefixLength", [Cidr], Int, static (in a, in _, in _, _) => CelValue.Of((long)a.Range.Prefix)),
    ];
}
