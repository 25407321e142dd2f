using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>What a function does. Arguments that were left out are Absent; none is an error.</summary>
internal delegate CelValue TemplateImplementation(TemplateFrame frame, ReadOnlySpan<CelValue> arguments);
