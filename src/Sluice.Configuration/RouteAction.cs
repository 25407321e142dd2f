namespace Sluice.Configuration;

/// <summary>One of <see cref="ForwardAction"/>, <see cref="RedirectAction"/> and <see cref="DirectResponseAction"/>.</summary>
public abstract record RouteAction;
