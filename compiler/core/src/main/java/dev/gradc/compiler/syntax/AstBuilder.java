package dev.gradc.compiler.syntax;

import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.source.Span;
import dev.gradc.grammar.GradParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Parse tree to syntax tree: declarations and statements. Those with a syntax error are left out. */
final class AstBuilder {

    private final SourceFile source;
    private final TokenSpans spans;
    private final ExpressionBuilder expressions;

    AstBuilder(SourceFile source, TokenSpans spans, Diagnostics diagnostics) {
        this.source = source;
        this.spans = spans;
        this.expressions = new ExpressionBuilder(spans, diagnostics);
    }

    Module module(GradParser.FileContext file) {
        Optional<Module.QualifiedName> packageName = Optional.ofNullable(file.packageDeclaration())
                .filter(ParseTrees::isWhole)
                .map(p -> qualified(p.qualifiedName()));
        List<Module.Import> imports = file.importDeclaration().stream()
                .filter(ParseTrees::isWhole)
                .map(i -> new Module.Import(qualified(i.qualifiedName()), i.STAR() != null, spans.of(i)))
                .toList();
        List<Declaration> declarations = new ArrayList<>();
        file.declaration().forEach(d -> declaration(d).ifPresent(declarations::add));
        return new Module(source, packageName, imports, declarations);
    }

    private Module.QualifiedName qualified(GradParser.QualifiedNameContext name) {
        return new Module.QualifiedName(
                name.name().stream().map(expressions::identifier).toList(), spans.of(name));
    }

    private Optional<Declaration> declaration(GradParser.DeclarationContext context) {
        if (context instanceof GradParser.ModelDeclarationContext model) {
            return model.name() == null ? Optional.empty() : Optional.of(model(model));
        } else if (!ParseTrees.isWhole(context)) {
            return Optional.empty();
        } else if (context instanceof GradParser.FunctionDeclarationContext function) {
            return Optional.of(new Declaration.Function(
                    expressions.identifier(function.name()),
                    parameters(function.parameters()),
                    body(function.functionBody()),
                    doc(function.DOC()),
                    span(function, function.DOC())));
        } else if (context instanceof GradParser.GateDeclarationContext gate) {
            return Optional.of(gate(gate));
        } else if (context instanceof GradParser.ConstantDeclarationContext constant) {
            return Optional.of(new Declaration.Constant(new Statement.Const(
                    expressions.identifier(constant.name()),
                    expressions.build(constant.expression()),
                    doc(constant.DOC()),
                    span(constant, constant.DOC()))));
        } else if (context instanceof GradParser.PrecisionDeclarationContext precision) {
            return Optional.of(new Declaration.FilePrecision(
                    new Statement.Precision(expressions.identifier(precision.name()), spans.of(precision))));
        }
        return Optional.empty();
    }

    private Declaration gate(GradParser.GateDeclarationContext gate) {
        List<Expr> parts = gate.expression().stream().map(expressions::build).toList();
        return new Declaration.CustomGate(
                expressions.identifier(gate.name(0)),
                parameters(gate.parameters()),
                parts.get(0),
                expressions.identifier(gate.name(1)),
                parts.subList(1, parts.size()),
                doc(gate.DOC()),
                span(gate, gate.DOC()));
    }

    private Declaration.Model model(GradParser.ModelDeclarationContext model) {
        List<Declaration.DimParameter> dims = model.dimParameters() == null
                ? List.of()
                : model.dimParameters().dimParameter().stream()
                        .filter(ParseTrees::isWhole)
                        .map(d -> new Declaration.DimParameter(
                                expressions.identifier(d.name()), optional(d.expression(), expressions::build)))
                        .toList();
        List<Statement> body = new ArrayList<>();
        for (GradParser.StatementContext statement : model.statement()) {
            if (ParseTrees.isWhole(statement)) {
                body.add(statement(statement));
            }
        }
        return new Declaration.Model(
                expressions.identifier(model.name()), dims, body, doc(head(model.DOC(), model)), spans.of(model));
    }

    /** The doc comments in front of a model, without those behind its last statement. */
    private static List<TerminalNode> head(List<TerminalNode> docs, GradParser.ModelDeclarationContext model) {
        int start = model.MODEL().getSymbol().getTokenIndex();
        return docs.stream().filter(d -> d.getSymbol().getTokenIndex() < start).toList();
    }

    private List<Declaration.Parameter> parameters(GradParser.ParametersContext parameters) {
        return parameters == null
                ? List.of()
                : parameters.parameter().stream()
                        .map(p -> new Declaration.Parameter(
                                expressions.identifier(p.name()), optional(p.expression(), expressions::build)))
                        .toList();
    }

    private Expr body(GradParser.FunctionBodyContext body) {
        if (body instanceof GradParser.ExpressionBodyContext expression) {
            return expressions.build(expression.expression());
        }
        GradParser.BlockBodyContext block = (GradParser.BlockBodyContext) body;
        List<Statement.Definition> definitions =
                block.definition().stream().map(this::definition).toList();
        return new Expr.Block(definitions, expressions.build(block.expression()), spans.of(block));
    }

    private Statement statement(GradParser.StatementContext context) {
        if (context instanceof GradParser.VariableStatementContext variables) {
            return variables(variables);
        } else if (context instanceof GradParser.ConstStatementContext constant) {
            return new Statement.Const(
                    expressions.identifier(constant.name()),
                    expressions.build(constant.expression()),
                    doc(constant.DOC()),
                    span(constant, constant.DOC()));
        } else if (context instanceof GradParser.DefineStatementContext define) {
            return let(define.letStatement());
        } else if (context instanceof GradParser.OutputStatementContext output) {
            return new Statement.Output(
                    expressions.identifier(output.name()),
                    optional(output.expression(), expressions::build),
                    doc(output.DOC()),
                    span(output, output.DOC()));
        } else if (context instanceof GradParser.LossStatementContext loss) {
            return new Statement.Loss(expressions.build(loss.expression()), doc(loss.DOC()), span(loss, loss.DOC()));
        } else if (context instanceof GradParser.PrecisionStatementContext precision) {
            return new Statement.Precision(expressions.identifier(precision.name()), spans.of(precision));
        } else if (context instanceof GradParser.ScanStatementContext scan) {
            return scan(scan.scan());
        }
        return derive((GradParser.DeriveStatementContext) context);
    }

    private Statement variables(GradParser.VariableStatementContext variables) {
        boolean isInput = variables.role.getType() == GradParser.INPUT;
        GradParser.TypeContext type = variables.type();
        return new Statement.Variables(
                isInput ? Statement.Role.INPUT : Statement.Role.PARAM,
                variables.name().stream().map(expressions::identifier).toList(),
                new Statement.Type(
                        expressions.identifier(type.name()),
                        type.expression().stream().map(expressions::build).toList(),
                        spans.of(type)),
                optional(variables.range(), expressions::range),
                doc(variables.DOC()),
                span(variables, variables.DOC()));
    }

    private Statement.Let let(GradParser.LetStatementContext let) {
        return new Statement.Let(
                expressions.identifier(let.name()),
                expressions.boundIndices(let.boundIndices()),
                expressions.build(let.expression()),
                doc(let.DOC()),
                span(let, let.DOC()));
    }

    private Statement.Definition definition(GradParser.DefinitionContext definition) {
        return definition.scan() == null ? let(definition.letStatement()) : scan(definition.scan());
    }

    private Statement.Scan scan(GradParser.ScanContext scan) {
        List<Statement.ScanStep> steps = new ArrayList<>();
        for (GradParser.ScanStepContext step : scan.scanStep()) {
            if (step instanceof GradParser.DefineStepContext define) {
                steps.add(new Statement.ScanStep.Define(definition(define.definition())));
            } else if (step instanceof GradParser.UpdateStepContext update) {
                steps.add(new Statement.ScanStep.Update(
                        expressions.identifier(update.name()), expressions.build(update.expression())));
            } else if (step instanceof GradParser.CollectStepContext collect) {
                steps.add(new Statement.ScanStep.Collect(
                        expressions.identifier(collect.name()), optional(collect.expression(), expressions::build)));
            }
        }
        return new Statement.Scan(
                expressions.identifier(scan.name()),
                expressions.range(scan.range()),
                scan.state().stream()
                        .map(s -> new Statement.State(
                                expressions.identifier(s.name()), expressions.build(s.expression())))
                        .toList(),
                steps,
                optional(scan.expression(), expressions::build),
                spans.of(scan));
    }

    private Statement derive(GradParser.DeriveStatementContext derive) {
        List<Statement.DeriveClause> clauses = derive.deriveClause().stream()
                .map(clause -> new Statement.DeriveClause(
                        clause.name().stream().map(expressions::identifier).toList(),
                        clause.expression().stream().map(expressions::build).toList(),
                        spans.of(clause)))
                .toList();
        return new Statement.Derive(clauses, spans.of(derive));
    }

    private static <C extends ParserRuleContext, T> Optional<T> optional(C context, Function<C, T> build) {
        return Optional.ofNullable(context).map(build);
    }

    /** A statement's span without its doc comments. */
    private Span span(ParserRuleContext context, List<TerminalNode> docs) {
        Span whole = spans.of(context);
        if (docs.isEmpty()) {
            return whole;
        }
        int end = spans.of(docs.get(docs.size() - 1).getSymbol()).end();
        String text = source.text();
        while (end < whole.end() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return source.span(end, whole.end());
    }

    /** The text of doc comments, without their slashes. */
    private static Optional<String> doc(List<TerminalNode> docs) {
        if (docs.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = docs.stream()
                .map(d -> d.getText().substring(3))
                .map(line -> line.startsWith(" ") ? line.substring(1) : line)
                .map(String::stripTrailing)
                .toList();
        return Optional.of(String.join("\n", lines));
    }
}
