namespace Sluice.Expressions.Cel;

/// <summary>What a function does. Arguments that it does not have are absent; none is an error.</summary>
internal delegate CelValue CelImplementation(in CelValue a, in CelValue b, in CelValue c, CelFrame frame);
