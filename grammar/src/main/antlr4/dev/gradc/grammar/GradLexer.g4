// The tokens of gradc model files.
lexer grammar GradLexer;

PACKAGE : 'package';
IMPORT : 'import';
MODEL : 'model';
INPUT : 'input';
PARAM : 'param';
CONST : 'const';
LET : 'let';
OUTPUT : 'output';
LOSS : 'loss';
FN : 'fn';
GATE : 'gate';
FORWARD : 'forward';
BACKWARD : 'backward';
PRECISION : 'precision';
SCAN : 'scan';
WITH : 'with';
IN : 'in';
COLLECT : 'collect';
CHECKPOINT : 'checkpoint';
DERIVE : 'derive';
IF : 'if';
THEN : 'then';
ELSE : 'else';
TRUE : 'true';
FALSE : 'false';

// Reductions: called as functions, or with bound indices behind them.
BINDER : 'sum' | 'prod' | 'mean' | 'max' | 'min' | 'logsumexp' | 'argmax' | 'argmin' | 'any' | 'all';

IDENTIFIER : [\p{L}_] [\p{L}\p{Nd}_]*;

// `1.` is no number, so that `0..n` is a range.
NUMBER : DIGITS ('.' DIGITS)? EXPONENT? | '.' DIGITS EXPONENT?;
fragment DIGITS : [0-9] ([0-9_]* [0-9])?;
fragment EXPONENT : [eE] [+-]? [0-9]+;

RANGE : '..';
LE : '<=';
GE : '>=';
EQ : '==';
NE : '!=';
AND : '&&';
OR : '||';
LT : '<';
GT : '>';
ASSIGN : '=';
PLUS : '+';
MINUS : '-';
STAR : '*';
SLASH : '/';
AT : '@';
CARET : '^';
NOT : '!';
PRIME : '\'';
LPAREN : '(';
RPAREN : ')';
LBRACKET : '[';
RBRACKET : ']';
LBRACE : '{';
RBRACE : '}';
COMMA : ',';
COLON : ':';
SEMICOLON : ';';
DOT : '.';

DOC : '///' ~[\r\n]*;
LINE_COMMENT : '//' ~[\r\n]* -> channel(HIDDEN);
BLOCK_COMMENT : '/*' .*? '*/' -> channel(HIDDEN);
SPACE : [ \t\r\n\u000B\u000C\u00A0\uFEFF]+ -> channel(HIDDEN);

// One character shorter than the comment where there is an end, so that it counts only where there is none.
UNTERMINATED_COMMENT : '/*' (~'*' | '*'+ ~[*/])* '*'*;
UNKNOWN : .;
