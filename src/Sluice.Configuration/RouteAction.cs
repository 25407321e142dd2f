using System.Text.Json.Serialization;

namespace Sluice.Configuration;

/// <summary>One of <see cref="ForwardAction"/>, <see cref="RedirectAction"/> and <see cref="DirectResponseAction"/>.</summary>
[JsonDerivedType(typeof(ForwardAction), "forward")]
[JsonDerivedType(typeof(RedirectAction), "redirect")]
[JsonDerivedType(typeof(DirectResponseAction), "directResponse")]
public abstract record RouteAction;
